import type {
  PodHealth,
  PoolHealth,
} from 'backstage-plugin-llm-inference-common';
import { POD_MARKS, PodMark, podMark } from './podMark';

/** One mark of a pool: a pod, the pods of one group, or a place that nothing fills yet. */
export interface PoolMark {
  key: string;
  mark: PodMark;
  pods: PodHealth[];
}

/** The marks of a pool, what needs attention first, then by name. */
export function poolMarks(pool: PoolHealth): PoolMark[] {
  const marks = marksOfPods(pool);
  const present = marks.filter(({ mark }) => mark !== 'terminating').length;
  const absent = Math.max(0, (pool.desired ?? 0) - present);
  for (let index = 0; index < absent; index += 1) {
    marks.push({ key: `absent-${index}`, mark: 'absent', pods: [] });
  }
  return marks.sort(
    (a, b) => POD_MARKS.indexOf(a.mark) - POD_MARKS.indexOf(b.mark),
  );
}

/** Where the pods themselves are not shown, the counts say how many are ready. */
function marksOfPods(pool: PoolHealth): PoolMark[] {
  if (pool.pods.length === 0) {
    return Array.from({ length: pool.ready ?? 0 }, (_, index) => ({
      key: `ready-${index}`,
      mark: 'ready',
      pods: [],
    }));
  }
  return pool.topology === 'MultiNode'
    ? groupMarks(pool.pods)
    : podMarks(pool.pods);
}

/** How many of each. */
export function countMarks(marks: PoolMark[]): Record<PodMark, number> {
  const counts = {
    ready: 0,
    starting: 0,
    failing: 0,
    terminating: 0,
    absent: 0,
  };
  marks.forEach(({ mark }) => {
    counts[mark] += 1;
  });
  return counts;
}

function podMarks(pods: PodHealth[]): PoolMark[] {
  return pods.map(pod => ({ key: pod.name, mark: podMark(pod), pods: [pod] }));
}

/** A group stands and falls as one: the least good of its pods is the mark of the group. */
function groupMarks(pods: PodHealth[]): PoolMark[] {
  const groups = new Map<number, PodHealth[]>();
  for (const pod of pods) {
    const group = pod.group ?? 0;
    groups.set(group, [...(groups.get(group) ?? []), pod]);
  }
  return [...groups].map(([group, members]) => {
    const marks = members.map(podMark);
    const worst = (['failing', 'terminating', 'starting'] as const).find(mark =>
      marks.includes(mark),
    );
    return { key: `group-${group}`, mark: worst ?? 'ready', pods: members };
  });
}
