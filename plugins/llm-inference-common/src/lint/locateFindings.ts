import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml';
import type { Node } from 'yaml';
import type { Finding } from './Finding';
import { splitPath } from './jsonPath';

/** A finding with the lines of the manifest's text that it is about. @public */
export interface LocatedFinding extends Finding {
  /** Line of the field, from 1; of the nearest field around it where it is missing. */
  line: number;
  /** Last line of what the field holds; `line` where the field is missing. */
  endLine: number;
}

/**
 * Finds the lines that findings are about in the text that the judged object was written as.
 *
 * @param yaml - one object as YAML
 * @param findings - findings about that object
 * @public
 */
export function locateFindings(
  yaml: string,
  findings: readonly Finding[],
): LocatedFinding[] {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const last = Math.max(1, yaml.trimEnd().split('\n').length);
  const lineAt = (offset: number) =>
    Math.min(last, Math.max(1, lines.linePos(offset).line));
  return findings.map(finding => {
    const place = find(document.contents, splitPath(finding.path));
    const line = lineAt(place.start);
    return {
      ...finding,
      line,
      endLine: Math.max(line, lineAt(place.end)),
    };
  });
}

/** Offsets of the first and the last character of a place. */
interface Place {
  start: number;
  end: number;
}

/** Walks down as far as there is something; what is missing is shown where it would stand. */
function find(root: unknown, steps: Array<string | number>): Place {
  let at = root;
  let place: Place = { start: 0, end: 0 };
  for (const step of steps) {
    const next = child(at, step);
    if (!next) return { start: place.start, end: place.start };
    place = next.place;
    at = next.value;
  }
  return place;
}

function child(
  parent: unknown,
  step: string | number,
): { value: unknown; place: Place } | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find(
      ({ key }) => isScalar(key) && key.value === step,
    );
    if (!pair || !isNode(pair.key)) return undefined;
    const [start, keyEnd] = rangeOf(pair.key);
    const end = isNode(pair.value) ? rangeOf(pair.value)[1] : keyEnd;
    return { value: pair.value, place: { start, end: end - 1 } };
  }
  const item =
    isSeq(parent) && typeof step === 'number' ? parent.items[step] : undefined;
  if (!isNode(item)) return undefined;
  const [start, end] = rangeOf(item);
  return { value: item, place: { start, end: end - 1 } };
}

/** Start and end of a node of a parsed text; every node of one has them. */
function rangeOf(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 0];
}
