import {
  findContainer,
  MAIN_CONTAINER,
  SIDECAR_CONTAINER,
} from '../../resource/containers';
import {
  readEngineArguments,
  type EngineArgument,
} from '../../resource/engineArguments';
import { tensorParallelism } from '../../resource/engineIntent';
import {
  readEnvironment,
  type EnvironmentVariable,
} from '../../resource/environment';
import {
  readKvTransferConfig,
  readSidecarConnector,
  type KvTransferConfig,
} from '../../resource/kvTransferConfig';
import { WORKER_INDEX_LABEL } from '../../resource/labels';
import { NETWORKS_ANNOTATION } from '../../resource/networkAttachments';
import type { Pod } from '../../resource/pod';
import {
  readDeviceRequests,
  type DeviceRequest,
} from '../../resource/resourceNames';
import { asRecord, asText, type UnknownRecord } from '../../resource/unknown';
import type { Workload } from '../../resource/workload';
import type { InferenceService } from '../../resource/inferenceService';

/** What the engine of a pool is told, from the nearest place where it can be read. */
export interface EngineSettings {
  /** `Pods` and `Template` show everything; `Spec` may lack what presets and base configs add. */
  source: 'Pods' | 'Template' | 'Spec';
  /** The object it was read from, as `Kind/name`. */
  object: string;
  container: UnknownRecord;
  environment: ReadonlyMap<string, EnvironmentVariable>;
  arguments: readonly EngineArgument[];
  kvConfig?: KvTransferConfig;
  devices: readonly DeviceRequest[];
  /** Value of the networks annotation. */
  networks?: string;
  tensor: number;
  /** Connector flag of the routing sidecar, on decode. */
  sidecarConnector?: string;
}

/** Reads a pool's engine settings: from its pods first, then from the pod template, then from the spec. */
export function readEngineSettings(
  pods: readonly Pod[],
  workload: Workload | undefined,
  service: InferenceService | undefined,
  poolSpec: UnknownRecord,
  newestRevision: string | undefined,
): EngineSettings | undefined {
  const pod = chooseRepresentative(pods, newestRevision);
  return (
    (pod &&
      readFrom(
        'Pods',
        `Pod/${pod.name}`,
        pod.spec,
        pod.annotations,
        poolSpec,
      )) ??
    (workload &&
      readFrom(
        'Template',
        `${workload.kind}/${workload.name}`,
        asRecord(workload.template.spec),
        asRecord(asRecord(workload.template.metadata).annotations),
        poolSpec,
      )) ??
    (service &&
      readFrom(
        'Spec',
        `LLMInferenceService/${service.name}`,
        asRecord(poolSpec.template),
        { ...service.annotations, ...asRecord(poolSpec.annotations) },
        poolSpec,
      ))
  );
}

/** A ready pod before others, a new one before an old one, the leader of a group before its workers. */
function chooseRepresentative(
  pods: readonly Pod[],
  newestRevision: string | undefined,
): Pod | undefined {
  let best: Pod | undefined;
  let bestScore = -1;
  for (const pod of pods) {
    const worker = pod.labels[WORKER_INDEX_LABEL];
    const score =
      (worker === undefined || worker === '0' ? 4 : 0) +
      (pod.ready ? 2 : 0) +
      (newestRevision !== undefined && pod.owner?.name === newestRevision
        ? 1
        : 0);
    if (score > bestScore) {
      best = pod;
      bestScore = score;
    }
  }
  return best;
}

function readFrom(
  source: EngineSettings['source'],
  object: string,
  podSpec: UnknownRecord,
  annotations: UnknownRecord,
  poolSpec: UnknownRecord,
): EngineSettings | undefined {
  const container = findContainer(podSpec, MAIN_CONTAINER);
  if (!container) {
    return undefined;
  }
  const list = readEngineArguments(container);
  const sidecar = findContainer(podSpec, SIDECAR_CONTAINER);
  return {
    source,
    object,
    container,
    environment: readEnvironment(container),
    arguments: list,
    kvConfig: readKvTransferConfig(list),
    devices: readDeviceRequests(container),
    networks: asText(annotations[NETWORKS_ANNOTATION]) || undefined,
    tensor: tensorParallelism(poolSpec.parallelism, list),
    sidecarConnector: sidecar && readSidecarConnector(sidecar),
  };
}
