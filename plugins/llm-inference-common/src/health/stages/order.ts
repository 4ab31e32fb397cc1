import type { CauseId } from '../CauseId';
import { STEPS, type FoundCause } from '../causes/CauseDefinition';
import { CAUSE_DEFINITIONS } from '../causes/registry';
import { HIDES, STANDS_BEFORE, type Precedence } from '../precedence';
import type { PoolName, Severity } from '../ServingHealth';

const SEVERITIES: readonly Severity[] = ['Critical', 'Warning', 'Info'];
const POOLS: ReadonlyArray<PoolName | undefined> = [
  undefined,
  'decode',
  'prefill',
  'scheduler',
];

/** Place of each cause in the order of evaluation. */
const PLACES = new Map<CauseId, number>(
  [...CAUSE_DEFINITIONS]
    .map((definition, index) => ({ definition, index }))
    .sort(
      (a, b) =>
        STEPS.indexOf(a.definition.step) - STEPS.indexOf(b.definition.step) ||
        a.index - b.index,
    )
    .map(({ definition }, place) => [definition.id, place]),
);

/** Place of a cause in the order of evaluation, for choosing between causes of one pod. */
export function placeOf(id: CauseId): number {
  return PLACES.get(id) ?? PLACES.size;
}

/** Whether one cause hides another. */
export function hides(
  left: Pick<FoundCause, 'id' | 'pool'>,
  right: Pick<FoundCause, 'id' | 'pool'>,
): boolean {
  return HIDES.some(row => applies(row, left, right));
}

function applies(
  { left: lefts, right: rights, samePool }: Precedence,
  left: Pick<FoundCause, 'id' | 'pool'>,
  right: Pick<FoundCause, 'id' | 'pool'>,
): boolean {
  return (
    left.id !== right.id &&
    lefts.includes(left.id) &&
    rights.includes(right.id) &&
    (!samePool ||
      left.pool === right.pool ||
      left.pool === undefined ||
      right.pool === undefined)
  );
}

/**
 * A warning about the control plane or about one gateway of several does not explain that a pool is down or a
 * route refused everywhere.
 */
function isTooWeak(other: FoundCause, cause: FoundCause): boolean {
  return (
    other.severity === 'Warning' &&
    cause.severity === 'Critical' &&
    (other.id === 'controller-error' || other.id === 'gateway-not-ready')
  );
}

/** Causes that nothing else in the list explains. An Info explains nothing. */
export function dropHidden(causes: readonly FoundCause[]): FoundCause[] {
  return causes.filter(
    cause =>
      !causes.some(
        other =>
          other.severity !== 'Info' &&
          !isTooWeak(other, cause) &&
          hides(other, cause),
      ),
  );
}

/** Most fundamental first. */
export function sortCauses(causes: readonly FoundCause[]): FoundCause[] {
  const sorted = [...causes].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      placeOf(a.id) - placeOf(b.id) ||
      POOLS.indexOf(a.pool) - POOLS.indexOf(b.pool) ||
      b.subjects.length - a.subjects.length,
  );
  return moveExplanationsForward(sorted);
}

/** Puts each cause that explains a later-ranked one right before it. */
function moveExplanationsForward(sorted: FoundCause[]): FoundCause[] {
  const result: FoundCause[] = [];
  const place = (cause: FoundCause) => {
    if (result.includes(cause)) {
      return;
    }
    for (const other of sorted) {
      if (
        other !== cause &&
        !result.includes(other) &&
        STANDS_BEFORE.some(row => applies(row, other, cause))
      ) {
        result.push(other);
      }
    }
    result.push(cause);
  };
  sorted.forEach(place);
  return result;
}
