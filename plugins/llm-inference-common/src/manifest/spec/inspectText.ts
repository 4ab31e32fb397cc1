import { hasInvisible } from '../../resource/inertLine';
import { secretInText } from '../../resource/secrets';
import { refusal, type Problem, type Refusal } from './Problem';

/** No field of a form needs more; a longer text is a mistake or an attack. */
const LONGEST_TEXT = 2_000;
const LONGEST_LIST = 500;
const DEEPEST = 16;

const CONTROL = /\p{Cc}/u;
const LONE_SURROGATE =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Why a text may not appear in any field, or undefined when nothing speaks against it. The text ends up in
 * YAML, in a Go template that KServe runs over the whole resource, and partly in a shell's `eval`, so
 * what has a meaning to one of them is refused here, at the field, and not escaped somewhere later.
 *
 * @public
 */
export function refuseText(text: string): Refusal | undefined {
  if (text.length > LONGEST_TEXT) {
    return refusal(
      'textTooLong',
      `is ${text.length} characters long; at most ${LONGEST_TEXT} are allowed`,
      { length: text.length, most: LONGEST_TEXT },
    );
  }
  const secret = secretInText(text);
  if (secret) {
    return refusal(
      'secretInText',
      `looks like ${secret}. Nothing secret may go into Git: create a Kubernetes Secret out of band and give its name instead`,
    );
  }
  if (CONTROL.test(text)) {
    return refusal(
      'controlCharacter',
      'holds a line break or another control character; write one line of plain text',
    );
  }
  if (hasInvisible(text) || LONE_SURROGATE.test(text)) {
    return refusal(
      'invisibleCharacter',
      'holds invisible or text-direction characters; type it by hand instead of pasting it',
    );
  }
  if (/\{\{|\}\}|\$\{|\{%|\{#/.test(text)) {
    return refusal(
      'templateBraces',
      'holds template braces ({{ }}, ${ }, {% %}), which KServe or the portal would evaluate; remove them',
    );
  }
  return undefined;
}

/** Problems of all texts in an input of any shape, however deep. @public */
export function inspectText(input: unknown): Problem[] {
  const problems: Problem[] = [];
  visit(input, '', 0, problems);
  return problems;
}

function visit(
  value: unknown,
  path: string,
  depth: number,
  problems: Problem[],
): void {
  if (typeof value === 'string') {
    const refused = refuseText(value);
    if (refused) problems.push({ path, ...refused });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) {
    problems.push({
      path,
      ...refusal('nestedTooDeeply', 'is nested too deeply'),
    });
    return;
  }
  const entries: Array<[string, unknown]> = Array.isArray(value)
    ? value.map((item, index) => [`${index}`, item])
    : Object.entries(value);
  if (entries.length > LONGEST_LIST) {
    problems.push({
      path,
      ...refusal(
        'tooManyEntries',
        `has ${entries.length} entries; at most ${LONGEST_LIST} are allowed`,
        { count: entries.length, most: LONGEST_LIST },
      ),
    });
    return;
  }
  for (const [key, item] of entries) {
    const refused = refuseText(key);
    if (refused) {
      const message = `a field name in it ${refused.message}`;
      problems.push({ path, ...refusal('fieldName', message) });
    } else {
      visit(item, path ? `${path}.${key}` : key, depth + 1, problems);
    }
  }
}
