import { MAIN_CONTAINER } from '../../resource/containers';
import type { Pod } from '../../resource/pod';
import { isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { timeOfLine } from '../facts/LogReader';
import { sumIncreases } from '../facts/MetricsReader';
import { evidence } from '../quote';
import type { Finding } from './CauseDefinition';
import { inPod } from './words';

/** Whether the pool asks for an RDMA device; without, UCX's complaints about one are noise. */
export function asksForRdma(pool: PoolFacts): boolean {
  return pool.engine?.devices.some(({ kind }) => kind === 'rdma') === true;
}

/** A line in the log of a running engine. */
export interface LogMatch {
  pool: PoolFacts;
  pod: Pod;
  line: string;
  index: number;
  lines: readonly string[];
  match: RegExpExecArray;
}

/** How lines of a log are looked for. */
export interface LogSearch {
  /** Container `main` unless given. */
  container?: string;
  /** True for lines that hold as long as the container runs, such as what it found when it started. */
  lasting?: boolean;
}

/** The newest line of each pod of a pool that matches and still counts. */
export function findInLogs(
  facts: Facts,
  pools: readonly PoolFacts[],
  patterns: readonly RegExp[],
  search: LogSearch = {},
): LogMatch[] {
  const matches: LogMatch[] = [];
  if (facts.logs.empty) {
    return matches;
  }
  for (const pool of pools) {
    for (const pod of pool.current) {
      const found = findInLog(facts, pool, pod, patterns, search);
      if (found) {
        matches.push(found);
      }
    }
  }
  return matches;
}

function findInLog(
  facts: Facts,
  pool: PoolFacts,
  pod: Pod,
  patterns: readonly RegExp[],
  { container = MAIN_CONTAINER, lasting = false }: LogSearch,
): LogMatch | undefined {
  const lines = facts.logs.read(pod.name, container) ?? [];
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    for (const pattern of patterns) {
      const match = pattern.exec(line);
      if (match) {
        // Lines are in order of time: where the newest one is over, so are those before it.
        return !lasting && isOver(lines, index, facts)
          ? undefined
          : { pool, pod, line, index, lines, match };
      }
    }
  }
  return undefined;
}

const SUCCESS = /KV Transfer metrics: Num successful transfers=[1-9]/;

/** Whether a failure is long ago, or transfers have worked for a while since. */
function isOver(
  lines: readonly string[],
  index: number,
  facts: Facts,
): boolean {
  const { now, thresholds } = facts;
  const time = timeOfLine(lines[index], now);
  if (time === undefined) {
    return false;
  }
  if (!isWithin(facts, time, thresholds.logLineAge)) {
    return true;
  }
  return lines
    .slice(index + 1)
    .some(
      line =>
        SUCCESS.test(line) &&
        (timeOfLine(line, now) ?? 0) - time > thresholds.conditionGrace * 1000,
    );
}

/**
 * Whether the pod's own counter says that what a line speaks of has stopped: it stood still over the whole
 * window, and the line is not from inside that window. A tail keeps its lines long after the fault is gone.
 */
export function isOverByCount(
  { pod, line }: LogMatch,
  counter: string,
  { metrics, now }: Facts,
): boolean {
  const read = metrics.read(pod.name);
  if (read.state !== 'Window' || sumIncreases([read.window], counter) !== 0) {
    return false;
  }
  const time = timeOfLine(line, now);
  const { at, seconds } = read.window;
  return time === undefined || time < at - seconds * 1000;
}

/** A log line as a finding about its pod. */
export function fromLog(
  { pool, pod, line }: LogMatch,
  more: Partial<Finding> = {},
): Finding {
  return inPod(pod, [evidence('Log', `Pod/${pod.name}`, line)], {
    pool: pool.name,
    ...more,
  });
}
