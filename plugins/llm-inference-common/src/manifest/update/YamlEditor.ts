import {
  Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  parseAllDocuments,
  Scalar,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

import { KUBERNETES_YAML } from '../yaml/commentedYaml';

/** Where a field is: keys of maps and indices of lists. */
export type YamlPath = ReadonlyArray<string | number>;

type Value = string | number | boolean;

/**
 * Changes single fields in the text of a YAML file. Everything outside the changed nodes keeps its bytes: comments,
 * order, quotes, indentation, line ends, and whatever nobody here understands.
 */
export class YamlEditor {
  #text: string;

  /** @throws Error when the text is not YAML */
  constructor(text: string) {
    this.#text = text;
    this.#documents();
  }

  get text(): string {
    return this.#text;
  }

  /** The documents as plain values. */
  objects(): unknown[] {
    return this.#documents().map(document => document.toJS());
  }

  /** Writes a scalar, adding what is missing on the way to it. Writing the value that is there changes nothing. */
  set(index: number, path: YamlPath, value: Value): void {
    const document = this.#documents()[index];
    const present = document.getIn(path, true);
    if (isScalar(present) && present.value === value) return;
    if (isNode(present)) {
      this.#replace(present, scalarText(value, present));
      return;
    }
    let depth = path.length - 1;
    while (depth > 0 && !isMap(document.getIn(path.slice(0, depth), true))) {
      depth -= 1;
    }
    const parent = depth
      ? document.getIn(path.slice(0, depth), true)
      : document.contents;
    if (!isMap(parent)) throw new Error(`there is no map at ${path.join('.')}`);
    const missing = path.slice(depth);
    const existing = findPair(parent, missing[0]);
    if (existing) this.#remove(parent, existing);
    this.#insert(index, path.slice(0, depth), missing, value);
  }

  /** Removes a field; a map that would be left empty goes with it. */
  delete(index: number, path: YamlPath): void {
    const document = this.#documents()[index];
    if (!document.hasIn(path)) return;
    let depth = path.length;
    const parentOf = (length: number) =>
      length > 1
        ? document.getIn(path.slice(0, length - 1), true)
        : document.contents;
    let parent = parentOf(depth);
    while (isMap(parent) && parent.items.length === 1 && depth > 1) {
      depth -= 1;
      parent = parentOf(depth);
    }
    const pair = isMap(parent) && findPair(parent, path[depth - 1]);
    if (!isMap(parent) || !pair) {
      throw new Error(`there is no map around ${path.join('.')}`);
    }
    this.#remove(parent, pair);
  }

  #documents(): Document.Parsed[] {
    const documents = parseAllDocuments(this.#text) as Document.Parsed[];
    for (const { errors } of documents) {
      if (errors.length > 0) throw new Error(errors[0].message);
    }
    return documents;
  }

  #insert(
    index: number,
    parentPath: YamlPath,
    missing: YamlPath,
    value: Value,
  ): void {
    const document = this.#documents()[index];
    const parent = parentPath.length
      ? document.getIn(parentPath, true)
      : document.contents;
    if (!isMap(parent)) throw new Error('the map to insert into is gone');
    const nested = missing.reduceRight<unknown>(
      (inner, key) => ({ [key]: inner }),
      value,
    );
    if (parent.flow || parent.items.length === 0) {
      const whole = { ...(parent.toJSON() as object), ...(nested as object) };
      const [start, end] = rangeOf(parent);
      const flow = new Document(whole, KUBERNETES_YAML);
      if (isCollection(flow.contents)) flow.contents.flow = true;
      this.#splice(start, end, flow.toString({ lineWidth: 0 }).trimEnd());
      return;
    }
    const indent = this.#columnOf(keyStart(parent.items[0]));
    const end = this.#lineEnd(deepestEnd(parent));
    const lineBreak = this.#text.includes('\r\n') ? '\r\n' : '\n';
    const block = new Document(nested, KUBERNETES_YAML)
      .toString({ lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map(line => `${lineBreak}${' '.repeat(indent)}${line}`)
      .join('');
    this.#splice(end, end, block);
  }

  #remove(parent: YAMLMap, pair: Pair): void {
    if (parent.flow) {
      const rest = parent.items.filter(item => item !== pair);
      const whole = new Document(
        Object.fromEntries(
          rest.map(({ key, value }) => [
            String((key as Scalar).value),
            isNode(value) ? value.toJSON() : value,
          ]),
        ),
      );
      if (isCollection(whole.contents)) whole.contents.flow = true;
      const [start, end] = rangeOf(parent);
      this.#splice(start, end, whole.toString({ lineWidth: 0 }).trimEnd());
      return;
    }
    const start = this.#text.lastIndexOf('\n', keyStart(pair) - 1) + 1;
    const last = isNode(pair.value) ? deepestEnd(pair.value) : keyEnd(pair);
    const end = Math.min(this.#lineEnd(last) + 1, this.#text.length);
    this.#splice(start, end, '');
  }

  #replace(node: Node, text: string): void {
    const [start, end] = rangeOf(node);
    this.#splice(start, end, text);
  }

  #splice(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
  }

  #columnOf(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }

  /** Offset of the line break after an offset, before a carriage return. */
  #lineEnd(offset: number): number {
    const found = this.#text.indexOf('\n', offset);
    const end = found < 0 ? this.#text.length : found;
    return this.#text[end - 1] === '\r' ? end - 1 : end;
  }
}

function findPair(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find(
    item => isScalar(item.key) && String(item.key.value) === String(key),
  );
}

function rangeOf(node: Node): [number, number] {
  if (!node.range) throw new Error('the node does not come from a text');
  return [node.range[0], node.range[1]];
}

function keyStart({ key }: Pair): number {
  if (!isNode(key)) throw new Error('the key does not come from a text');
  return rangeOf(key)[0];
}

function keyEnd({ key }: Pair): number {
  if (!isNode(key)) throw new Error('the key does not come from a text');
  return rangeOf(key)[1];
}

/** Where the last thing written in a node ends; the range of a block collection runs on into what follows it. */
function deepestEnd(node: Node): number {
  if (!isCollection(node) || node.flow || node.items.length === 0) {
    const [start, end] = rangeOf(node);
    // A block scalar ends with its line break.
    return isScalar(node) && /^BLOCK/.test(node.type ?? '')
      ? Math.max(start, end - 1)
      : end;
  }
  const last = node.items.at(-1);
  if (isNode(last)) return deepestEnd(last);
  const pair = last as Pair;
  return isNode(pair.value) && rangeOf(pair.value)[1] > rangeOf(pair.value)[0]
    ? deepestEnd(pair.value)
    : keyEnd(pair);
}

/** A scalar in the quotes of the one it replaces. */
function scalarText(value: Value, before: Node): string {
  const scalar = new Scalar(value);
  const type = isScalar(before) ? before.type : undefined;
  if (typeof value === 'string' && type?.startsWith('QUOTE')) {
    scalar.type = type;
  }
  const text = new Document(scalar, KUBERNETES_YAML)
    .toString({ lineWidth: 0 })
    .trimEnd();
  // A block scalar is replaced by one line, so the next field needs its line break back.
  return type?.startsWith('BLOCK') ? `${text}\n` : text;
}
