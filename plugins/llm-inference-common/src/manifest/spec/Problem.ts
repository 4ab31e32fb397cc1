import type { ProblemCode } from './problemCodes';

/**
 * Why a value is refused, in words for the person who filled it in.
 *
 * @public
 */
export interface Refusal {
  /** Names the value and the fix. */
  message: string;
  /** Which refusal it is, for other languages; absent where nothing but the message is known. */
  code?: ProblemCode;
  /** What `message` is made of, as data, for other languages: names, numbers and fields. */
  words?: Record<string, string>;
}

/**
 * What is wrong with one field of an input.
 *
 * @public
 */
export interface Problem extends Refusal {
  /** Dotted path of the field, for example `decode.replicas`; empty for the input as a whole. */
  path: string;
}

/** Either what was asked for, or everything that is wrong with the input. @public */
export type Parsed<T> =
  | { ok: true; value: T }
  | { ok: false; problems: Problem[] };

/** A refusal with its code, and with the words that its message is made of; a word that is undefined is left out. */
export function refusal(
  code: ProblemCode,
  message: string,
  words: Readonly<Record<string, string | number | undefined>> = {},
): Refusal {
  const entries = Object.entries(words).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return {
    message,
    code,
    ...(entries.length > 0 && { words: Object.fromEntries(entries) }),
  };
}

/** One problem per line, as an error message of an action or a start-up check. @public */
export function formatProblems(problems: Problem[]): string {
  return problems
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
    .join('\n');
}
