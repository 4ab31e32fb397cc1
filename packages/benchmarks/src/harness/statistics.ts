import { linearRegression, quantileSorted } from 'simple-statistics';
import type { Statistic } from './Scenario';

/** Samples in four figures. */
export type Summary = Record<Statistic, number> & { samples: number };

/** @throws Error where there are no samples: a contender that was not measured must not look fast */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) {
    throw new Error('There are no samples to summarize');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
    samples: sorted.length,
  };
}

/**
 * The exponent with which something grows: 0 stays the same, 1 grows alike, 2 is quadratic. Fitted as a
 * straight line through the logarithms; undefined for fewer than three sizes, and where a figure is 0.
 */
export function fitExponent(
  points: ReadonlyArray<{ scale: number; value: number }>,
): number | undefined {
  const scales = new Set(points.map(({ scale }) => scale));
  if (scales.size < 3 || points.some(({ value }) => !(value > 0))) {
    return undefined;
  }
  return linearRegression(
    points.map(({ scale, value }) => [Math.log(scale), Math.log(value)]),
  ).m;
}
