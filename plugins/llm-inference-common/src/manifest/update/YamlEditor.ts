import {
  Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
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

/** The text is written in a way that an edit in place cannot deal with; the message names the place. */
export class NotEditable extends Error {}

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
    this.#add(index, path, value);
  }

  /** Adds an item at the end of a list, and the list where there is none. */
  append(index: number, path: YamlPath, item: Record<string, unknown>): void {
    const list = this.#documents()[index].getIn(path, true);
    if (list === undefined || (isScalar(list) && list.value === null)) {
      this.#add(index, path, [item]);
      return;
    }
    if (!isSeq(list))
      throw new NotEditable(`there is no list at ${dotted(path)}`);
    if (list.flow || list.items.length === 0) {
      this.#replace(list, flowText([...(list.toJSON() as unknown[]), item]));
      return;
    }
    const indent = this.#columnOf(rangeOf(list)[0]);
    this.#insertBlock(this.#lineEnd(deepestEnd(list)), indent, [item]);
  }

  /** Gives a field another name; its value and its place stay. */
  rename(index: number, path: YamlPath, name: string): void {
    const document = this.#documents()[index];
    const parent = document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) && findPair(parent, path[path.length - 1]);
    if (!pair || !isNode(pair.key)) {
      throw new NotEditable(`there is no field ${dotted(path)}`);
    }
    this.#replace(pair.key, scalarText(name, pair.key));
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
      throw new NotEditable(`there is no map around ${dotted(path)}`);
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

  /** Writes a value where there is none yet, with the maps on the way to it. */
  #add(index: number, path: YamlPath, value: unknown): void {
    const document = this.#documents()[index];
    let depth = path.length - 1;
    while (depth > 0 && !isMap(document.getIn(path.slice(0, depth), true))) {
      depth -= 1;
    }
    const parent = depth
      ? document.getIn(path.slice(0, depth), true)
      : document.contents;
    const missing = path.slice(depth);
    if (!isMap(parent) || missing.some(key => typeof key === 'number')) {
      throw new NotEditable(`there is no map at ${dotted(path)}`);
    }
    const existing = findPair(parent, missing[0]);
    if (existing) {
      // An alias or a list stands for more than an edit can see; only nothing may be replaced.
      if (isNode(existing.value) && existing.value.toJSON() !== null) {
        throw new NotEditable(`there is no map at ${dotted(path)}`);
      }
      this.#remove(parent, existing);
      // The offsets of the parent are those of the text before.
      this.#add(index, path, value);
      return;
    }
    const nested = missing.reduceRight<unknown>(
      (inner, key) => ({ [key]: inner }),
      value,
    ) as object;
    if (parent.flow || parent.items.length === 0) {
      this.#replace(
        parent,
        flowText({ ...(parent.toJSON() as object), ...nested }),
      );
      return;
    }
    const indent = this.#columnOf(keyStart(parent.items[0]));
    this.#insertBlock(this.#lineEnd(deepestEnd(parent)), indent, nested);
  }

  #insertBlock(offset: number, indent: number, value: object): void {
    const lineBreak = this.#text.includes('\r\n') ? '\r\n' : '\n';
    const block = new Document(value, KUBERNETES_YAML)
      .toString({ lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map(line => `${lineBreak}${' '.repeat(indent)}${line}`)
      .join('');
    this.#splice(offset, offset, block);
  }

  #remove(parent: YAMLMap, pair: Pair): void {
    if (parent.flow) {
      const rest = parent.items.filter(item => item !== pair);
      const whole = Object.fromEntries(
        rest.map(({ key, value }) => [
          String((key as Scalar).value),
          isNode(value) ? value.toJSON() : value,
        ]),
      );
      this.#replace(parent, flowText(whole));
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

function dotted(path: YamlPath): string {
  return path.join('.');
}

/** A collection on one line. */
function flowText(value: object): string {
  const document = new Document(value, KUBERNETES_YAML);
  if (isCollection(document.contents)) document.contents.flow = true;
  return document.toString({ lineWidth: 0 }).trimEnd();
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
