import type { FindingLevel } from '../Finding';
import type { LintOptions } from '../LintOptions';
import type { Changes } from './services';

/** What is judged: changes to the good service, or whole manifests. */
interface CaseInput {
  why: string;
  changes?: Changes;
  objects?: readonly unknown[];
  options?: LintOptions;
}

/** A manifest in which the rule must find exactly this. */
export interface FaultyCase extends CaseInput {
  finds: ReadonlyArray<
    readonly [level: FindingLevel, path: string, unverified?: 'unverified']
  >;
}

/** The tests of one rule: faults, and near misses in which it must find nothing. */
export interface RuleCases {
  faulty: readonly FaultyCase[];
  fine: readonly CaseInput[];
}
