import { Document, isMap, isSeq, isNode, isScalar } from 'yaml';

/** A comment that stands above the field at a path. */
export interface FieldComment {
  path: Array<string | number>;
  text: string;
}

/**
 * Options for everything that is written for Kubernetes: its tools read YAML 1.1, where a bare `y` is a boolean,
 * and a long line must not be folded.
 */
export const KUBERNETES_YAML = {
  aliasDuplicateObjects: false,
  compat: 'yaml-1.1',
} as const;

const TO_STRING = { lineWidth: 0 } as const;

/** One object as YAML, with comments above the fields that need a why. */
export function commentedYaml(
  object: unknown,
  comments: FieldComment[] = [],
  header?: string,
): string {
  const document = new Document(object, KUBERNETES_YAML);
  for (const { path, text } of comments) comment(document, path, text);
  if (header) document.commentBefore = lines(header);
  return document.toString(TO_STRING);
}

/** Several objects as one file. */
export function yamlFile(documents: string[]): string {
  return documents.join('---\n');
}

/** A comment for a path that is not there is left out: what it explains was not asked for. */
function comment(
  document: Document,
  path: Array<string | number>,
  text: string,
): void {
  const parent =
    path.length > 1
      ? document.getIn(path.slice(0, -1), true)
      : document.contents;
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(
      ({ key }) => isScalar(key) && key.value === last,
    );
    if (pair && isNode(pair.key)) pair.key.commentBefore = lines(text);
  } else if (isSeq(parent) && typeof last === 'number') {
    const item = parent.items[last];
    if (isNode(item)) item.commentBefore = lines(text);
  }
}

function lines(text: string): string {
  return text
    .split('\n')
    .map(line => ` ${line}`)
    .join('\n');
}
