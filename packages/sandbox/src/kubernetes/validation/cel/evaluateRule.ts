import {
  celEnv,
  CelInput,
  CelResult,
  CelScalar,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';

const ENVIRONMENT = celEnv({
  variables: { self: CelScalar.DYN, oldSelf: CelScalar.DYN },
  funcs: strings,
});

type Program = (bindings: { self: CelInput; oldSelf: CelInput }) => CelResult;

/** Programs by expression: the same rule stands in many places of a schema. */
const PROGRAMS = new Map<string, Program>();

/** Evaluates a CEL expression over a value and, for transition rules, the value before. */
export function evaluateRule(
  expression: string,
  self: CelInput,
  oldSelf: CelInput = null,
): CelResult {
  let program = PROGRAMS.get(expression);
  if (!program) {
    program = plan(ENVIRONMENT, parse(expression));
    PROGRAMS.set(expression, program);
  }
  return program({ self, oldSelf });
}
