import type { Pod } from '../../resource/pod';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import { evidence } from '../quote';
import { findShortage, type Shortage } from '../stages/shortage';
import { isUnread } from '../stages/verdict';
import type { Evidence } from '../ServingHealth';
import type { CauseDefinition, Finding, FoundCause } from './CauseDefinition';
import { otherPool, specOf } from './words';

/**
 * State causes say that something is missing where nothing more fundamental explains it; the precedence table
 * hides them behind whatever does.
 */
function findPoolState(
  facts: Facts,
  found: readonly FoundCause[],
  choose: (pool: PoolFacts, shortage: Shortage) => boolean,
): Finding[] {
  return enginePools(facts).flatMap(pool => {
    const shortage = findShortage(pool, facts, found);
    if (
      !shortage ||
      shortage.onItsWay ||
      !choose(pool, shortage) ||
      // Without its pods nobody can say that nothing more fundamental explains it.
      (pool.desired !== 0 && isUnread(facts))
    ) {
      return [];
    }
    return [
      {
        pool: pool.name,
        subjects: pool.workload
          ? [`${pool.workload.kind}/${pool.workload.name}`]
          : [`LLMInferenceService/${facts.service.name}`],
        evidence: describeCounts(pool, facts),
        detail: {
          zero: pool.desired === 0 ? 'yes' : undefined,
          ready: String(pool.ready),
          desired: String(pool.desired),
          lost: pool.onceReady ? 'yes' : undefined,
        },
      },
    ];
  });
}

function describeCounts(pool: PoolFacts, facts: Facts): Evidence[] {
  const list: Evidence[] = [];
  const { workload } = pool;
  if (workload) {
    list.push(
      evidence(
        'Spec',
        `${workload.kind}/${workload.name}`,
        `spec.replicas: ${workload.desired}, status.readyReplicas: ${
          workload.status?.ready ?? 0
        }`,
      ),
    );
  } else {
    list.push(
      evidence(
        'Spec',
        `LLMInferenceService/${facts.service.name}`,
        `${specOf({ pool: pool.name })}.replicas: ${
          pool.desired
        }, no Deployment or LeaderWorkerSet exists for this pool`,
      ),
    );
  }
  const missing = pool.pods.filter(pod => !pod.ready);
  for (const pod of missing.slice(0, 3)) {
    list.push(describePod(pod));
  }
  return list;
}

function describePod(pod: Pod): Evidence {
  const condition = pod.conditions.find(
    ({ type, status }) => type === 'Ready' && status !== 'True',
  );
  return evidence(
    'Condition',
    `Pod/${pod.name}`,
    condition?.message ||
      [`phase ${pod.phase}`, pod.reason, pod.message]
        .filter(Boolean)
        .join(': '),
    condition?.transitionAt,
  );
}

/** What is missing where nothing more fundamental was found. */
export const stateCauses: CauseDefinition[] = [
  {
    id: 'pool-below-desired',
    severity: 'Warning',
    step: 'state',
    title: cause => `Fewer ${cause.pool} replicas ready than asked for`,
    summary: ({ detail, pool }) =>
      `${detail.ready} of ${detail.desired} ${pool} replicas ready, and nothing observed explains the rest`,
    explanation: ({ pool }) =>
      `Some ${pool} replicas are not ready although they had the time to become so. Nothing in status, events or the logs that were read says why.`,
    remedy: ({ pool }) =>
      `Read the log of container main in the ${pool} pods that are not ready, and their events (kubectl describe pod).`,
    findInService: (facts, found) =>
      findPoolState(facts, found, pool => (pool.ready ?? 0) > 0),
  },
  {
    id: 'decode-unavailable',
    severity: 'Critical',
    step: 'state',
    title: ({ detail }) =>
      detail.zero ? 'Decode is scaled to zero' : 'No decode replica is ready',
    summary: ({ detail }) =>
      detail.zero
        ? 'decode is scaled to zero: nothing can answer requests'
        : `0 of ${detail.desired} decode replicas ready: nothing can answer requests`,
    explanation: ({ detail }) =>
      detail.zero
        ? 'spec.replicas is 0, so no decode pod exists. Every request ends at a decode pod, also when prefill is complete.'
        : 'Every request ends at a decode pod, and none is ready. Nothing in status, events or the logs that were read says why.',
    remedy: ({ detail }) =>
      detail.zero
        ? 'Set spec.replicas to 1 or more. To pause the service on purpose, use the annotation serving.kserve.io/stop: "true" instead.'
        : 'Read the log of container main in the decode pods and their events (kubectl describe pod).',
    findInService: (facts, found) =>
      findPoolState(
        facts,
        found,
        pool => pool.name === 'decode' && pool.ready === 0,
      ),
  },
  {
    id: 'prefill-unavailable',
    severity: 'Warning',
    step: 'state',
    title: ({ detail }) =>
      detail.zero ? 'Prefill is scaled to zero' : 'No prefill replica is ready',
    summary: ({ detail }) =>
      detail.zero
        ? 'prefill is scaled to zero: decode computes every prompt itself'
        : `0 of ${detail.desired} prefill replicas ready: decode computes every prompt itself`,
    explanation: cause =>
      `${
        cause.detail.zero
          ? 'spec.prefill.replicas is 0, so no prefill pod exists.'
          : 'No prefill pod is ready, and nothing observed says why.'
      } Requests are still answered, but ${otherPool(
        cause,
      )} computes every prompt itself, which is slower under load.`,
    remedy: ({ detail }) =>
      detail.zero
        ? 'Set spec.prefill.replicas to 1 or more, or remove spec.prefill to run without disaggregation.'
        : 'Read the log of container main in the prefill pods and their events (kubectl describe pod).',
    findInService: (facts, found) =>
      findPoolState(
        facts,
        found,
        pool => pool.name === 'prefill' && pool.ready === 0,
      ),
  },
];
