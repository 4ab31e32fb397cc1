import type { Pod } from '../../resource/pod';
import {
  STEPS,
  type CauseDefinition,
  type Finding,
} from '../causes/CauseDefinition';
import { CAUSE_DEFINITIONS } from '../causes/registry';
import type { Facts, PoolFacts } from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { hides, placeOf } from './order';
import { failedTexts, lastFailure, type FailedText } from './failedText';
import { isLost, isTerminationOverdue, replacedPods } from './shortage';

/** The root of one pod's trouble. */
export interface PodRoot {
  definition: CauseDefinition;
  finding: Finding;
}

interface Candidate extends PodRoot {
  /** Lines between the match and the exit; nearer is more telling. Absent for what is no text. */
  distance?: number;
}

/** Definitions that look at single pods, by step. */
const BY_STEP = STEPS.map(step => ({
  step,
  definitions: CAUSE_DEFINITIONS.filter(
    definition =>
      definition.step === step &&
      (definition.findInPod || definition.findInText),
  ),
})).filter(({ definitions }) => definitions.length > 0);

/** One root for every pod of a pool that is not as it should be. */
export function findPodRoots(pool: PoolFacts, facts: Facts): PodRoot[] {
  const roots: PodRoot[] = [];
  const replaced = replacedPods(pool);
  for (const pod of pool.pods) {
    if (!replaced.has(pod) && isWorthALook(pod, pool, facts)) {
      const root = findPodRoot(pod, pool, facts);
      if (root) {
        roots.push(root);
      }
    }
  }
  return roots;
}

/** Most pods are ready and silent: they are passed by, which keeps the cost of large pools low. */
function isWorthALook(pod: Pod, pool: PoolFacts, facts: Facts): boolean {
  if (pod.phase === 'Succeeded') {
    return false;
  }
  if (pod.phase === 'Failed') {
    return isPoolShort(pool) && isFailureOfNow(pod, pool, facts);
  }
  if (pod.terminating) {
    // On its way out whatever it says; only that it does not go, or why it had to, matters.
    return isPoolShort(pool) || isTerminationOverdue(pod, facts);
  }
  if (!pod.ready) {
    return true;
  }
  return (
    pod.containers.some(container => lastFailure(container, facts)) ||
    podEvents(pod, facts).some(
      ({ type, reason }) => type === 'Warning' || reason === 'Killing',
    )
  );
}

/** A pod that ended is history once a ready one has taken its place. */
function isPoolShort({ desired, ready }: PoolFacts): boolean {
  return desired === null || ready === null || ready < desired;
}

function isFailureOfNow(pod: Pod, pool: PoolFacts, facts: Facts): boolean {
  return (
    isLost(pod, pool, facts) ||
    (pool.desired !== null &&
      pool.current.length < pool.desired * (pool.workload?.size ?? 1))
  );
}

function findPodRoot(
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): PodRoot | undefined {
  const texts = failedTexts(pod, pool, facts);
  for (const { step, definitions } of BY_STEP) {
    if (pod.terminating && step !== 'lostPod') {
      continue;
    }
    const candidates: Candidate[] = [];
    for (const definition of definitions) {
      const finding = definition.findInPod?.(pod, pool, facts);
      if (finding) {
        candidates.push({ definition, finding });
      } else if (definition.findInText) {
        const match = findInTexts(definition, texts, pod, pool, facts);
        if (match) {
          candidates.push(match);
        }
      }
    }
    const root = chooseRoot(candidates, pool);
    if (root) {
      return {
        definition: root.definition,
        finding: {
          ...root.finding,
          pool: pool.name,
          evidence: withNeighbours(root, candidates),
        },
      };
    }
  }
  return undefined;
}

/** Of several causes in one step: what explains the others, then the line nearest the exit, then the order. */
function chooseRoot(
  candidates: readonly Candidate[],
  { name }: PoolFacts,
): Candidate | undefined {
  const asCause = ({ definition }: Candidate) => ({
    id: definition.id,
    pool: name,
  });
  const left = candidates.filter(
    candidate =>
      !candidates.some(other => hides(asCause(other), asCause(candidate))),
  );
  const list = left.length > 0 ? left : [...candidates];
  list.sort(
    (a, b) =>
      (a.distance ?? 0) - (b.distance ?? 0) ||
      placeOf(a.definition.id) - placeOf(b.definition.id),
  );
  return list[0];
}

/** What else the same crash shows stays as evidence. */
function withNeighbours(root: Candidate, candidates: readonly Candidate[]) {
  if (root.distance === undefined) {
    return root.finding.evidence;
  }
  return root.finding.evidence.concat(
    candidates
      .filter(other => other !== root && other.distance !== undefined)
      .flatMap(({ finding }) => finding.evidence)
      .slice(0, 2),
  );
}

function findInTexts(
  definition: CauseDefinition,
  texts: readonly FailedText[],
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): Candidate | undefined {
  const rule = definition.findInText;
  for (const text of texts) {
    if (!rule || text.of !== rule.of) {
      continue;
    }
    for (let index = text.lines.length - 1; index >= 0; index--) {
      const line = text.lines[index];
      for (const pattern of rule.patterns) {
        const match = pattern.exec(line);
        const context = {
          line,
          lines: text.lines,
          index,
          pod,
          pool,
          facts,
          exitCode: text.exitCode,
        };
        if (match && !rule.unless?.(context)) {
          return {
            definition,
            distance: text.lines.length - index,
            finding: {
              subjects: [`Pod/${pod.name}`],
              evidence: [text.quote(line)],
              detail: { container: text.container, ...rule.detail?.(match) },
              severity: text.recovered ? 'Warning' : undefined,
            },
          };
        }
      }
    }
  }
  return undefined;
}
