import { MAIN_CONTAINER, SIDECAR_CONTAINER } from '../../resource/containers';
import type { KubernetesObject } from '../../resource/KubernetesObject';
import {
  COMPONENT_LABEL,
  partOfComponent,
  type ServicePart,
} from '../../resource/labels';
import { readPod } from '../../resource/pod';
import { runOf, type PodRun } from '../series/scrapeTargets';
import type { ServingHealth } from '../ServingHealth';

/** A container whose log may be evidence. @public */
export interface LogTarget {
  pod: string;
  container: string;
  part: Exclude<ServicePart, 'scheduler'>;
  /** Names one run of the container: its log begins anew with the next. */
  incarnation: string;
  /** The run of the pod's engine, whose first transfer makes its log worth another look. */
  run: PodRun;
  /** Whether the pod is starting, or its service has a KV path in doubt. */
  suspect: boolean;
}

const READ_CONTAINERS = [MAIN_CONTAINER, SIDECAR_CONTAINER];

/**
 * The engines and sidecars of a service whose containers have run, with whether their logs are worth reading.
 *
 * @public
 */
export function logTargetsOf(
  objects: readonly KubernetesObject[],
  health: ServingHealth,
): LogTarget[] {
  const { effectiveness, fabric } = health.kvTransfer;
  const inDoubt =
    effectiveness === 'Suspect' ||
    effectiveness === 'Bypassed' ||
    fabric === 'Tcp';
  const targets: LogTarget[] = [];
  for (const object of objects) {
    const pod = readPod(object);
    const part = pod && partOfComponent(pod.labels[COMPONENT_LABEL]);
    if (pod && !pod.ended && (part === 'decode' || part === 'prefill')) {
      const run = runOf(pod);
      for (const { name, restarts, state } of pod.containers) {
        if (
          READ_CONTAINERS.includes(name) &&
          (state?.kind === 'running' || state?.kind === 'terminated')
        ) {
          targets.push({
            pod: pod.name,
            container: name,
            part,
            incarnation: `${pod.uid ?? pod.name}/${name}/${restarts}`,
            run,
            suspect: !pod.ready || inDoubt,
          });
        }
      }
    }
  }
  return targets;
}
