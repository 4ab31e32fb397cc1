import { parseAllDocuments } from 'yaml';

import { CLUSTER_ANNOTATION, STOP_ANNOTATION } from '../../api/annotations';
import {
  asList,
  asRecord,
  asText,
  field,
  type UnknownRecord,
} from '../../resource/unknown';
import {
  CLUSTERS_ANNOTATION,
  KSERVE_VERSION_ANNOTATION,
  PROFILE_ANNOTATION,
} from '../generate/catalogInfo';
import { servesModel } from '../generate/modelMetadata';
import { NETWORKS_ANNOTATION, QUEUE_LABEL } from '../generate/inferenceService';
import { parsePdServiceSpec } from '../spec/parsePdServiceSpec';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { Parsed } from '../spec/Problem';
import { readPods } from './readPods';
import { readPool } from './readPool';
import { readFabric, readKvTransfer } from './readTransfer';

/**
 * Reads the folder of a service back into its spec: the inverse of {@link generateManifests}. Also reads folders
 * that were edited by hand, as far as a spec can say what they say. Never throws.
 *
 * @param files - the folder's YAML files, with paths relative to it; others are ignored
 * @returns the spec, or why these files do not hold one
 * @public
 */
export function readPdServiceSpec(
  files: ReadonlyArray<{ path: string; content: string }>,
): Parsed<PdServiceSpec> {
  const objects = files
    .filter(({ path }) => /\.ya?ml$/.test(path))
    .flatMap(({ path, content }) =>
      parseAllDocuments(content, { logLevel: 'silent' }).map(document => ({
        path,
        // A document with errors is no object of Kubernetes; what it should hold is then missing.
        object: document.errors.length ? {} : asRecord(document.toJS()),
      })),
    );
  const service = objects.find(
    ({ path, object }) =>
      object.kind === 'LLMInferenceService' && !path.startsWith('overlays/'),
  )?.object;
  if (!service) {
    return {
      ok: false,
      problems: [
        { path: '', message: 'the folder holds no LLMInferenceService' },
      ],
    };
  }
  const component =
    objects.find(({ object }) => object.kind === 'Component')?.object ?? {};
  return parsePdServiceSpec(
    withoutUndefined({
      ...readService(service),
      ...readEntity(component, asText(field(service, 'spec', 'model', 'name'))),
      ...readClusters(component, objects),
    }),
  );
}

function readService(service: UnknownRecord): UnknownRecord {
  const annotations = asRecord(field(service, 'metadata', 'annotations'));
  const spec = asRecord(service.spec);
  const decode = readPool(spec);
  const prefill = readPool(asRecord(spec.prefill));
  const model = asRecord(spec.model);
  const adapters = asList(field(model, 'lora', 'adapters')).map(asRecord);
  const deciders = asList(
    field(spec, 'router', 'scheduler', 'config', 'inline', 'plugins'),
  ).map(asRecord);
  return {
    name: field(service, 'metadata', 'name'),
    namespace: field(service, 'metadata', 'namespace'),
    stopped:
      asText(annotations[STOP_ANNOTATION])?.toLowerCase() === 'true'
        ? true
        : undefined,
    model: {
      uri: model.uri,
      name: model.name ?? field(service, 'metadata', 'name'),
      lora: adapters.length
        ? {
            adapters: adapters.map(({ name, uri }) => ({ name, uri })),
            maxRank: field(model, 'lora', 'maxRank'),
          }
        : undefined,
    },
    engine: { ...prefill.engine, ...decode.engine },
    decode: decode.pool,
    prefill: prefill.pool,
    kvTransfer: readKvTransfer(decode),
    fabric: readFabric(decode, asText(annotations[NETWORKS_ANNOTATION])),
    pods: readPods(
      decode,
      asText(field(service, 'metadata', 'labels', QUEUE_LABEL)),
    ),
    router: {
      gateways: field(spec, 'router', 'gateway', 'refs'),
      splitAboveUncachedTokens: field(
        deciders.find(({ type }) => type === 'prefix-based-pd-decider'),
        'parameters',
        'nonCachedTokens',
      ),
    },
  };
}

function readEntity(
  component: UnknownRecord,
  model: string | undefined,
): UnknownRecord {
  const annotations = asRecord(field(component, 'metadata', 'annotations'));
  return {
    title: field(component, 'metadata', 'title'),
    description: ownDescription(
      asText(field(component, 'metadata', 'description')),
      model,
    ),
    owner: field(component, 'spec', 'owner'),
    system: field(component, 'spec', 'system'),
    lifecycle: field(component, 'spec', 'lifecycle'),
    profile: annotations[PROFILE_ANNOTATION],
    kserveVersion: annotations[KSERVE_VERSION_ANNOTATION],
  };
}

/** What a person wrote, without the sentence about the model that is added to it. */
function ownDescription(
  text: string | undefined,
  model: string | undefined,
): string | undefined {
  const added = model && servesModel(model);
  if (!text || !added || !text.endsWith(added)) return text;
  return text.slice(0, -added.length).trimEnd() || undefined;
}

function readClusters(
  component: UnknownRecord,
  objects: Array<{ path: string; object: UnknownRecord }>,
): UnknownRecord {
  const annotations = asRecord(field(component, 'metadata', 'annotations'));
  const overlays = objects.flatMap(
    ({ path }) =>
      /^overlays\/([^/]+)\/kustomization\.ya?ml$/.exec(path)?.[1] ?? [],
  );
  const named =
    asText(annotations[CLUSTERS_ANNOTATION])?.split(',') ??
    [asText(annotations[CLUSTER_ANNOTATION])].filter(
      (cluster): cluster is string => cluster !== undefined,
    );
  const [cluster, ...others] = [...new Set([...named, ...overlays])];
  return {
    cluster,
    otherClusters: others.length
      ? others.map(other => {
          const patch = objects.find(
            ({ path, object }) =>
              path.startsWith(`overlays/${other}/`) &&
              object.kind === 'LLMInferenceService',
          )?.object;
          return {
            cluster: other,
            decodeReplicas: field(patch, 'spec', 'replicas'),
            prefillReplicas: field(patch, 'spec', 'prefill', 'replicas'),
          };
        })
      : undefined,
  };
}

/** A strict reader takes a field that is there for one that was meant. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
