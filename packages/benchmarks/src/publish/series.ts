import type { Result } from '../harness/Results';
import { fitExponent } from '../harness/statistics';

/** The results of one figure at all its sizes, from small to large. */
export interface Series {
  scenario: string;
  metric: string;
  results: Result[];
}

/** Groups results by scenario and figure, in their order. */
export function seriesOf(results: readonly Result[]): Series[] {
  const groups = new Map<string, Series>();
  for (const result of results) {
    const { scenario, metric } = result;
    const key = JSON.stringify([scenario, metric]);
    const group = groups.get(key) ?? { scenario, metric, results: [] };
    groups.set(key, group);
    group.results.push(result);
  }
  for (const { results: members } of groups.values()) {
    members.sort((a, b) => a.scale - b.scale);
  }
  return [...groups.values()];
}

/** The exponent with which the median of each contender grows, by name; those that cannot be fitted are left out. */
export function exponentsOf(results: readonly Result[]): Map<string, number> {
  const exponents = new Map<string, number>();
  for (const { name } of results[0]?.contenders ?? []) {
    const exponent = fitExponent(
      results.flatMap(({ scale, contenders }) =>
        contenders
          .filter(contender => contender.name === name)
          .map(({ median }) => ({ scale, value: median })),
      ),
    );
    if (exponent !== undefined) exponents.set(name, exponent);
  }
  return exponents;
}
