import { findCondition, type Condition } from '../../resource/conditions';
import {
  ageOf,
  enginePools,
  isWithin,
  type Facts,
  type PoolFacts,
} from '../facts/Facts';
import { findShortage } from '../stages/shortage';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { fromCondition } from './words';

function findStalledRollouts(facts: Facts): Finding[] {
  return enginePools(facts).flatMap(pool => {
    const stall = findStall(pool, facts);
    return stall && pool.workload
      ? [
          {
            pool: pool.name,
            subjects: [`${pool.workload.kind}/${pool.workload.name}`],
            evidence: [
              fromCondition(
                `${pool.workload.kind}/${pool.workload.name}`,
                stall,
              ),
            ],
            detail: {
              ready: String(pool.ready ?? 'unknown'),
              desired: String(pool.desired ?? 'unknown'),
              updated: String(pool.updated ?? 'unknown'),
            },
          },
        ]
      : [];
  });
}

/** The condition that says a rollout does not move; only where older pods still serve. */
function findStall(pool: PoolFacts, facts: Facts): Condition | undefined {
  const { workload } = pool;
  if (!workload?.status) {
    return undefined;
  }
  if (workload.kind === 'LeaderWorkerSet') {
    const condition = findCondition(workload.conditions, 'UpdateInProgress');
    const age = ageOf(facts, condition?.transitionAt);
    return condition?.status === 'True' &&
      age !== undefined &&
      age > facts.thresholds.groupRolloutStall &&
      !hasYoungPod(pool, facts) &&
      findShortage(pool, facts, [])?.onItsWay !== true
      ? condition
      : undefined;
  }
  const condition = findCondition(workload.conditions, 'Progressing');
  if (
    condition?.status !== 'False' ||
    condition.reason !== 'ProgressDeadlineExceeded'
  ) {
    return undefined;
  }
  const { replicas, updated, available } = workload.status;
  const olderCounted = replicas > updated && available > 0;
  const olderSeen = pool.older.some(({ ready }) => ready);
  return (olderCounted || olderSeen) && (updated > 0 || pool.older.length > 0)
    ? condition
    : undefined;
}

function hasYoungPod(pool: PoolFacts, facts: Facts): boolean {
  return pool.current.some(({ createdAt }) =>
    isWithin(facts, createdAt, facts.thresholds.groupRolloutStall),
  );
}

/** Rollouts that do not move. */
export const rolloutCauses: CauseDefinition[] = [
  {
    id: 'rollout-stalled',
    severity: 'Warning',
    step: 'rollout',
    title: cause => `The rollout of ${cause.pool} is stuck`,
    summary: ({ detail, pool }) =>
      `the rollout of ${pool} is stuck: ${detail.updated} new pods do not become ready, ${detail.ready} of ${detail.desired} replicas serve`,
    explanation:
      'New pods do not become ready, and the rollout gave up. Older pods still serve, which is why the resource may say Ready.',
    remedy: cause =>
      `Look at the newest ${cause.pool} pods (their own cause stands before this one where it is known), or roll back the last change in Git.`,
    findInService: findStalledRollouts,
  },
];
