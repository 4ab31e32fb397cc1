import type { Buckets } from './PodWindow';

/**
 * The value under which that share of observations lies, interpolated within its bucket as Prometheus does;
 * above the last finite bound it is that bound. Absent where nothing was observed.
 *
 * @param quantile - from 0 to 1
 */
export function quantileOf(
  buckets: Buckets,
  quantile: number,
): number | undefined {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const total = sorted[sorted.length - 1]?.[1] ?? 0;
  if (total <= 0 || sorted[sorted.length - 1][0] !== Number.POSITIVE_INFINITY) {
    return undefined;
  }
  const rank = quantile * total;
  let lower = 0;
  let below = 0;
  for (const [bound, count] of sorted) {
    if (count >= rank) {
      if (!Number.isFinite(bound)) {
        return lower > 0 ? lower : undefined;
      }
      const within = count - below;
      return within > 0
        ? lower + ((bound - lower) * (rank - below)) / within
        : bound;
    }
    lower = bound;
    // A page is no snapshot: a bucket may lag behind the one before it.
    below = Math.max(below, count);
  }
  return undefined;
}

/** The sum of several histograms; absent where their bounds differ. */
export function addBuckets(list: readonly Buckets[]): Buckets | undefined {
  const [first, ...rest] = list;
  if (!first) {
    return undefined;
  }
  const sum = new Map(first);
  for (const buckets of rest) {
    if (buckets.size !== sum.size) {
      return undefined;
    }
    for (const [bound, count] of buckets) {
      const before = sum.get(bound);
      if (before === undefined) {
        return undefined;
      }
      sum.set(bound, before + count);
    }
  }
  return sum;
}
