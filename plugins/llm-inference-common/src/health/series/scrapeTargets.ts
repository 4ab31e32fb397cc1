import {
  findContainer,
  MAIN_CONTAINER,
  SIDECAR_CONTAINER,
} from '../../resource/containers';
import {
  COMPONENT_LABEL,
  partOfComponent,
  WORKER_INDEX_LABEL,
} from '../../resource/labels';
import type { ServicePart } from '../../resource/labels';
import type { KubernetesObject } from '../../resource/KubernetesObject';
import { findContainerStatus, readPod, type Pod } from '../../resource/pod';
import { PROBE_KINDS, enginePort, readProbe } from '../../resource/probes';

/** Port of the scheduler's metrics. */
const SCHEDULER_PORT = 9090;

/** One run of the main container of one pod. @public */
export interface PodRun {
  uid?: string;
  restarts: number;
}

/** Where the metrics of one pod are read. @public */
export interface ScrapeTarget {
  pod: string;
  /** Which run of the pod's engine or scheduler it is: the counters of another one began anew. */
  run?: PodRun;
  part: ServicePart;
  port: number;
  scheme: 'http' | 'https';
}

/**
 * The ready pods of a service whose metrics can be read: the engines of both pools (of groups only the
 * leaders, workers are headless) and the schedulers. Decode's engine is asked on its own port and not through
 * the sidecar, which would give the same series twice.
 *
 * @public
 */
export function scrapeTargetsOf(
  objects: readonly KubernetesObject[],
): ScrapeTarget[] {
  const pods: { pod: Pod; part: ServicePart }[] = [];
  for (const object of objects) {
    const pod = readPod(object);
    const part = pod && partOfComponent(pod.labels[COMPONENT_LABEL]);
    const worker = pod?.labels[WORKER_INDEX_LABEL];
    if (
      pod?.ready &&
      part !== undefined &&
      (worker === undefined || worker === '0')
    ) {
      pods.push({ pod, part });
    }
  }
  return pods.map(({ pod, part }) => ({
    pod: pod.name,
    run: runOf(pod),
    part,
    ...(part === 'scheduler'
      ? { port: SCHEDULER_PORT, scheme: 'http' as const }
      : engineAddress(pod)),
  }));
}

/** The run of a pod's main container. */
export function runOf(pod: Pod): PodRun {
  return {
    uid: pod.uid,
    restarts: findContainerStatus(pod, MAIN_CONTAINER)?.restarts ?? 0,
  };
}

/** Behind a routing sidecar the engine has a port of its own. */
function engineAddress(pod: Pod): Pick<ScrapeTarget, 'port' | 'scheme'> {
  const main = findContainer(pod.spec, MAIN_CONTAINER);
  const sidecar = findContainer(pod.spec, SIDECAR_CONTAINER);
  const probes = PROBE_KINDS.map(kind => readProbe(main, kind));
  return {
    port: enginePort(sidecar ? 'decode' : 'both'),
    scheme: probes.some(probe => probe?.scheme === 'HTTPS') ? 'https' : 'http',
  };
}
