import type { z } from 'zod/v4';

import { FORMATS } from './formats';
import { refusal, type Problem, type Refusal } from './Problem';
import type { ProblemCode } from './problemCodes';

const CODE_OF_FORMAT = new Map(
  Object.entries(FORMATS).map(([code, message]) => [
    message as string,
    code as keyof typeof FORMATS,
  ]),
);

const NEEDED: Readonly<Record<string, ProblemCode>> = {
  string: 'needsText',
  number: 'needsNumber',
  int: 'needsWholeNumber',
  boolean: 'needsYesOrNo',
  array: 'needsList',
  object: 'needsFields',
  record: 'needsFields',
};

const TOO_SMALL: Readonly<Record<string, ProblemCode>> = {
  string: 'textTooShort',
  array: 'listTooShort',
};

const TOO_BIG: Readonly<Record<string, ProblemCode>> = {
  string: 'textTooLongHere',
  array: 'listTooLong',
};

/** Refuses a value, or a field in it, in a refinement of a schema; the code comes along. */
export function refuseIn(
  context: Pick<z.core.$RefinementCtx, 'addIssue'>,
  path: Array<string | number>,
  refused: Refusal,
): void {
  context.addIssue({
    code: 'custom',
    path,
    message: refused.message,
    params: { refused },
  });
}

/** What zod found, as problems with dotted paths. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map(issue => ({
    path: issue.path.map(String).join('.'),
    ...refusalOf(issue),
  }));
}

/** What zod found in one value. */
export function refusalOf(issue: z.core.$ZodIssue): Refusal {
  const format = CODE_OF_FORMAT.get(issue.message);
  if (format) return refusal(format, issue.message);
  const { message } = issue;
  switch (issue.code) {
    case 'custom':
      return (issue.params?.refused as Refusal | undefined) ?? { message };
    case 'unrecognized_keys': {
      const fields = issue.keys.map(key => `'${key.slice(0, 60)}'`).join(', ');
      return refusal(
        'unknownField',
        `unknown field ${fields}; remove it or check its spelling`,
        { fields },
      );
    }
    case 'invalid_type':
      return needed(issue.expected, message);
    case 'too_small':
      return refusal(TOO_SMALL[issue.origin] ?? 'numberTooSmall', message, {
        least: String(issue.minimum),
      });
    case 'too_big':
      return refusal(TOO_BIG[issue.origin] ?? 'numberTooLarge', message, {
        most: String(issue.maximum),
      });
    case 'not_multiple_of':
      return refusal('notMultiple', message, { step: issue.divisor });
    case 'invalid_value':
      return refusal('notAnOption', message, {
        options: issue.values.map(String).join(', '),
      });
    case 'invalid_format':
      return refusal('notOfPattern', message, { pattern: issue.pattern });
    case 'invalid_union':
      return refusal('noneFits', message);
    default:
      return { message };
  }
}

/** What is not there, or is of another type. */
function needed(expected: string, message: string): Refusal {
  const code = Object.hasOwn(NEEDED, expected) ? NEEDED[expected] : undefined;
  return code ? refusal(code, message) : { message };
}
