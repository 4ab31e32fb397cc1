/**
 * What is wrong with one field of an input, in words for the person who filled it in.
 *
 * @public
 */
export interface Problem {
  /** Dotted path of the field, for example `decode.replicas`; empty for the input as a whole. */
  path: string;
  /** Names the value and the fix. */
  message: string;
}

/** Either what was asked for, or everything that is wrong with the input. @public */
export type Parsed<T> =
  | { ok: true; value: T }
  | { ok: false; problems: Problem[] };

/** One problem per line, as an error message of an action or a start-up check. @public */
export function formatProblems(problems: Problem[]): string {
  return problems
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
    .join('\n');
}
