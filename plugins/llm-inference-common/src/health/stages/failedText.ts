import { MAIN_CONTAINER, STORAGE_CONTAINER } from '../../resource/containers';
import type { ContainerState, ContainerStatus, Pod } from '../../resource/pod';
import type { TextRule } from '../causes/CauseDefinition';
import { isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { toLines } from '../facts/LogReader';
import { evidence } from '../quote';
import type { Evidence } from '../ServingHealth';

/** The last words of a container that failed. */
export interface FailedText {
  of: TextRule['of'];
  container: string;
  lines: readonly string[];
  exitCode?: number;
  /** Makes evidence of one line. */
  quote: (line: string) => Evidence;
  /** True where the container is ready again. */
  recovered: boolean;
}

/** Longest termination message that is read; Kubernetes cuts them at 4096 bytes itself. */
const MAX_MESSAGE = 65_536;

/**
 * How the container failed last, if that still counts: while it is not ready, or a short time after. A run
 * that ended well, or was stopped with its pod, is no failure.
 */
export function lastFailure(
  container: ContainerStatus,
  facts: Facts,
): ContainerState | undefined {
  const { state, last } = container;
  const ended = state?.kind === 'terminated' ? state : last;
  if (ended?.kind !== 'terminated') {
    return undefined;
  }
  const failed =
    (ended.exitCode !== undefined && ended.exitCode !== 0) ||
    ended.reason === 'OOMKilled';
  if (!failed) {
    return undefined;
  }
  return !isReadyAgain(container) ||
    isWithin(facts, ended.finishedAt, facts.thresholds.recentTermination)
    ? ended
    : undefined;
}

/** The container whose failure still counts, by a test. */
export function findFailed(
  pod: Pod,
  facts: Facts,
  matches: (
    container: ContainerStatus,
    exitCode: number | undefined,
    reason: string,
  ) => boolean,
) {
  for (const container of pod.containers) {
    const failure = lastFailure(container, facts);
    if (failure && matches(container, failure.exitCode, failure.reason)) {
      return { container, failure };
    }
  }
  return undefined;
}

/** Whether a container serves again after a failure. */
export function isReadyAgain(container: ContainerStatus): boolean {
  return container.ready && container.state?.kind === 'running';
}

/** Texts of a pod's failed containers: the termination message first, then the log where it was read. */
export function failedTexts(
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): FailedText[] {
  const texts: FailedText[] = [];
  for (const container of pod.containers) {
    const of = textOf(container.name, pool);
    const failure = of && lastFailure(container, facts);
    if (!of || !failure) {
      continue;
    }
    const object = `Pod/${pod.name}`;
    const common = {
      of,
      container: container.name,
      exitCode: failure.exitCode,
      recovered: isReadyAgain(container),
    };
    if (failure.message) {
      texts.push({
        ...common,
        lines: toLines(
          failure.message.slice(-MAX_MESSAGE),
          facts.thresholds.logLines,
        ),
        quote: line =>
          evidence('ContainerStatus', object, line, failure.finishedAt),
      });
    }
    const log = facts.logs.read(pod.name, container.name);
    if (log) {
      texts.push({
        ...common,
        lines: log,
        quote: line => evidence('Log', object, line),
      });
    }
  }
  return texts;
}

function textOf(
  container: string,
  pool: PoolFacts,
): TextRule['of'] | undefined {
  if (container === STORAGE_CONTAINER) {
    return 'storage-initializer';
  }
  if (container !== MAIN_CONTAINER) {
    return undefined;
  }
  return pool.name === 'scheduler' ? 'scheduler' : 'engine';
}
