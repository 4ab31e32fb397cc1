import { completeSpec } from './completeSpec';
import { inspectText } from './inspectText';
import { pdServiceSpec, type PdServiceSpec } from './PdServiceSpec';
import type { Parsed } from './Problem';
import { refuseCombination } from './refuseCombination';
import { problemsOf } from './schemaProblems';

/**
 * Reads a spec from input of any shape: form values, an action's input, JSON. Never throws.
 *
 * @returns the complete spec, or every problem with the path of its field
 * @public
 */
export function parsePdServiceSpec(input: unknown): Parsed<PdServiceSpec> {
  const texts = inspectText(input);
  if (texts.length > 0) return { ok: false, problems: texts };

  const parsed = pdServiceSpec.safeParse(input);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error) };
  }
  const value = completeSpec(parsed.data);
  const problems = refuseCombination(value);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value };
}
