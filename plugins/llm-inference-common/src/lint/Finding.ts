import type { LintId } from './lintIds';

/**
 * How bad a finding is: `error` will not work or is unsafe, `warning` works badly or only by luck, `info`
 * is advice.
 *
 * @public
 */
export type FindingLevel = 'error' | 'warning' | 'info';

/** One thing that a manifest says wrong, and what to write instead. @public */
export interface Finding {
  id: LintId;
  level: FindingLevel;
  /** The object judged, for example `LLMInferenceService/qwen`. */
  object: string;
  /** JSON path in that object, for example `spec.template.containers[0].env[2].value`. */
  path: string;
  /** What is wrong, naming the value. Secrets are never repeated. */
  message: string;
  /** What to change. */
  fix: string;
  /**
   * What `message` and `fix` are made of, as data, for other languages: names, numbers and fields, and a `code`
   * where the lint has several things to say. Absent where the sentences hold what may not be repeated.
   */
  words?: Record<string, string>;
  /** True where the finding depends on something that could not be seen. */
  unverified?: true;
}

/** Levels, worst first. */
export const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];
