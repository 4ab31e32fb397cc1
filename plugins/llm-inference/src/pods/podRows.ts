import type {
  PodHealth,
  PoolHealth,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { POD_MARKS, PodMark, podMark } from '../diagram/podMark';

/** One row of the pods table. */
export interface PodRow {
  id: string;
  pool: 'prefill' | 'decode';
  pod: PodHealth;
  mark: PodMark;
  /** Whether the pod runs another image than most pods of its pool. */
  otherImage: boolean;
}

/** What the pods table can be narrowed to. */
export interface PodFilter {
  text: string;
  pool: 'all' | PodRow['pool'];
  onlyNotReady: boolean;
}

/** The rows of both pools. */
export function podRows(pools: ServingHealth['pools']): PodRow[] {
  return [
    ...rowsOf('prefill', pools.prefill),
    ...rowsOf('decode', pools.decode),
  ];
}

/** The rows that match a filter. */
export function filterPods(rows: PodRow[], filter: PodFilter): PodRow[] {
  const text = filter.text.trim().toLocaleLowerCase();
  return rows.filter(
    ({ pool, pod, mark }) =>
      (filter.pool === 'all' || filter.pool === pool) &&
      (!filter.onlyNotReady || mark !== 'ready') &&
      (text === '' ||
        [pod.name, pod.node, pod.reason, pod.phase].some(value =>
          value?.toLocaleLowerCase().includes(text),
        )),
  );
}

/** By what the table can be sorted, and how two rows compare; equal rows keep the order of their names. */
const comparisons: Record<string, (a: PodRow, b: PodRow) => number> = {
  name: () => 0,
  pool: (a, b) => a.pool.localeCompare(b.pool),
  state: (a, b) => POD_MARKS.indexOf(a.mark) - POD_MARKS.indexOf(b.mark),
  node: (a, b) => (a.pod.node ?? '').localeCompare(b.pod.node ?? ''),
  restarts: (a, b) => a.pod.restarts - b.pod.restarts,
  age: (a, b) => (b.pod.createdAt ?? '').localeCompare(a.pod.createdAt ?? ''),
};

/** The rows in the order of a column. */
export function sortPods(
  rows: PodRow[],
  column: string,
  direction: 'ascending' | 'descending',
): PodRow[] {
  const compare = comparisons[column] ?? comparisons.name;
  const sign = direction === 'descending' ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      sign *
      (compare(a, b) ||
        a.pod.name.localeCompare(b.pod.name, undefined, { numeric: true })),
  );
}

function rowsOf(
  pool: PodRow['pool'],
  health: PoolHealth | undefined,
): PodRow[] {
  const pods = health?.pods ?? [];
  const usual = mostFrequent(pods.map(imageId));
  return pods.map(pod => ({
    id: `${pool}/${pod.name}`,
    pool,
    pod,
    mark: podMark(pod),
    otherImage: imageId(pod) !== undefined && imageId(pod) !== usual,
  }));
}

function imageId(pod: PodHealth): string | undefined {
  return pod.imageDigest ?? pod.image;
}

function mostFrequent(values: Array<string | undefined>): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
