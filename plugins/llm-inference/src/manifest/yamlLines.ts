/** A piece of a line of YAML. */
export interface YamlPiece {
  kind: 'space' | 'key' | 'sign' | 'word' | 'text';
  text: string;
}

/** Leading space and the dashes of list entries. */
const PREFIX = /^\s*(?:- +)*/;

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#|>[{][^:]*?):(?=\s|$)/;

/** The start of a text that goes on over the following, deeper lines. */
const BLOCK = /^[|>][+-]?\d?[+-]?$/;

/** Numbers and other words that are no text. */
const WORD = /^(?:-?\d[\d.]*|true|false|null|~|\{\}|\[\])$/;

/**
 * The lines of a YAML text as a serializer of Kubernetes objects writes it, in pieces for colours. It only
 * looks; what it does not know stays text.
 */
export function yamlLines(yaml: string): YamlPiece[][] {
  let blockColumn: number | undefined;
  return yaml
    .trimEnd()
    .split('\n')
    .map(line => {
      const indent = line.search(/\S/);
      if (blockColumn !== undefined && (indent < 0 || indent > blockColumn)) {
        return [{ kind: 'text', text: line }];
      }
      const { pieces, block } = piecesOf(line);
      blockColumn = block;
      return pieces;
    });
}

/** Pieces of one line; `block` is the column that the lines of a text that begins here are deeper than. */
function piecesOf(line: string): { pieces: YamlPiece[]; block?: number } {
  const space = PREFIX.exec(line)?.[0] ?? '';
  const pieces: YamlPiece[] = space ? [{ kind: 'space', text: space }] : [];
  let rest = line.slice(space.length);
  let column = space.lastIndexOf('-');
  const key = KEY.exec(rest)?.[1];
  if (key !== undefined) {
    column = space.length;
    pieces.push({ kind: 'key', text: key });
    const gap = /^:\s*/.exec(rest.slice(key.length))?.[0] ?? '';
    pieces.push({ kind: 'sign', text: gap });
    rest = rest.slice(key.length + gap.length);
  }
  if (rest) {
    pieces.push({ kind: WORD.test(rest) ? 'word' : 'text', text: rest });
  }
  return BLOCK.test(rest) ? { pieces, block: column } : { pieces };
}
