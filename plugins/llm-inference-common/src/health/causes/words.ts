import { MAIN_CONTAINER } from '../../resource/containers';
import type { ClusterEvent } from '../../resource/event';
import type { Condition } from '../../resource/conditions';
import type { Pod } from '../../resource/pod';
import { evidence } from '../quote';
import type { Evidence, PoolName } from '../ServingHealth';
import { presentWords, type Finding, type FoundCause } from './CauseDefinition';

/** The field of the resource with the pod template of a pool. */
export function templateOf({ pool }: { pool?: PoolName }): string {
  switch (pool) {
    case 'prefill':
      return 'spec.prefill.template';
    case 'scheduler':
      return 'spec.router.scheduler.template';
    default:
      return 'spec.template';
  }
}

/** The field of the resource that describes a pool. */
export function specOf({ pool }: { pool?: PoolName }): string {
  return pool === 'prefill' ? 'spec.prefill' : 'spec';
}

/** The field of the resource with the container of a pool. */
export function mainOf(cause: { pool?: PoolName }): string {
  return `${templateOf(cause)}.containers[main]`;
}

/** The field with the container that a cause is about; native sidecars are init containers. */
export function containerOf(cause: FoundCause): string {
  const list = cause.detail.init ? 'initContainers' : 'containers';
  return `${templateOf(cause)}.${list}[${word(
    cause,
    'container',
    MAIN_CONTAINER,
  )}]`;
}

/** What the texts of a cause are made of, as data. */
export function wordsOf(cause: FoundCause): Record<string, string> {
  return presentWords({
    ...cause.detail,
    pool: cause.pool,
    spec: specOf(cause),
    template: templateOf(cause),
    main: mainOf(cause),
    field: containerOf(cause),
  });
}

/** The other engine pool. */
export function otherPool({ pool }: { pool?: PoolName }): string {
  return pool === 'prefill' ? 'decode' : 'prefill';
}

/** One of a cause's words, or another where the evidence did not hold it. */
export function word(cause: FoundCause, name: string, otherwise: string) {
  return cause.detail[name] || otherwise;
}

/** An event as evidence. */
export function fromEvent(event: ClusterEvent): Evidence {
  return evidence(
    'Event',
    `${event.kind}/${event.name}`,
    event.message,
    event.at,
  );
}

/** A condition as evidence. */
export function fromCondition(object: string, condition: Condition): Evidence {
  const { type, status, reason, message } = condition;
  const head = [`${type}=${status}`, reason].filter(Boolean).join(' ');
  return evidence('Condition', object, message || head, condition.transitionAt);
}

/** A finding about one pod. */
export function inPod(
  pod: Pod,
  list: readonly Evidence[],
  more: Partial<Finding> = {},
): Finding {
  return { subjects: [`Pod/${pod.name}`], evidence: list, ...more };
}
