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
  return failuresOf(container, facts)[0];
}

/**
 * The failures of a container that still count, newest first: of a container that just ended again, both its
 * last run and the one before, as only one of them may say why.
 */
function failuresOf(
  container: ContainerStatus,
  facts: Facts,
): ContainerState[] {
  const { state, last } = container;
  if (state?.kind === 'terminated' && !isFailure(state)) {
    return [];
  }
  return [state, last].filter(
    (ended): ended is ContainerState =>
      ended?.kind === 'terminated' &&
      isFailure(ended) &&
      (!isReadyAgain(container) ||
        isWithin(facts, ended.finishedAt, facts.thresholds.recentTermination)),
  );
}

function isFailure({ exitCode, reason }: ContainerState): boolean {
  return (exitCode !== undefined && exitCode !== 0) || reason === 'OOMKilled';
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
    for (const failure of failuresOf(container, facts)) {
      if (matches(container, failure.exitCode, failure.reason)) {
        return { container, failure };
      }
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
    const failures = of ? failuresOf(container, facts) : [];
    const [newest] = failures;
    if (!of || !newest) {
      continue;
    }
    const object = `Pod/${pod.name}`;
    const common = {
      of,
      container: container.name,
      exitCode: newest.exitCode,
      recovered: isReadyAgain(container),
    };
    const failure = failures.find(({ message }) => message !== '');
    if (failure) {
      texts.push({
        ...common,
        exitCode: failure.exitCode,
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
