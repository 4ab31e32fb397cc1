import { evidence } from '../quote';
import type { Cause, Evidence } from '../ServingHealth';

const MEMORY_LIMIT = 'main: resources.limits.memory is';
const STARTUP_BUDGET = 'main: startupProbe allows';

/** The memory limit that a container was killed at, as it is written. */
export function memoryLimitEvidence(object: string, limit: string): Evidence {
  return evidence('Spec', object, `${MEMORY_LIMIT} ${limit}`);
}

/** The memory limit that the evidence of a cause names. */
export function memoryLimitIn(cause: Cause): string | undefined {
  return textAfter(MEMORY_LIMIT, cause);
}

/** The time that an engine is given to start. */
export function startupBudgetEvidence(
  object: string,
  seconds: number,
): Evidence {
  return evidence('Spec', object, `${STARTUP_BUDGET} ${seconds} seconds`);
}

/** The time to start, in seconds, that the evidence of a cause names. */
export function startupBudgetIn(cause: Cause): number | undefined {
  const seconds = parseInt(textAfter(STARTUP_BUDGET, cause) ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}

function textAfter(start: string, { evidence: all }: Cause) {
  return all
    .find(({ kind, quote }) => kind === 'Spec' && quote.startsWith(start))
    ?.quote.slice(start.length)
    .trim();
}
