import type { CauseId } from '../CauseId';
import type { Severity, Verdict } from '../ServingHealth';
import type { ServiceBuilder } from './ServiceBuilder';

/** One scenario of a cause: where it is the root, or where it must not appear although it looks alike. */
export interface CauseScenario {
  cause: CauseId;
  kind: 'root' | 'nearMiss';
  /** What differs from a healthy service, in words. */
  why: string;
  verdict?: Verdict;
  severity?: Severity;
  build: (service: ServiceBuilder) => void;
}

type More = Pick<CauseScenario, 'verdict' | 'severity'>;

/** A scenario in which the cause is the root. */
export function root(
  cause: CauseId,
  why: string,
  build: CauseScenario['build'],
  more: More = {},
): CauseScenario {
  return { cause, kind: 'root', why, build, ...more };
}

/** A scenario in which the cause must not appear. */
export function nearMiss(
  cause: CauseId,
  why: string,
  build: CauseScenario['build'],
  more: More = {},
): CauseScenario {
  return { cause, kind: 'nearMiss', why, build, ...more };
}
