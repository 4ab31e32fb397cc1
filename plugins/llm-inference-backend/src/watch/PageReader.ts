import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { KubernetesError } from '../clusters/KubernetesError';
import { isNamed, isObject, parse, tryParse } from './json';
import { cutManagedFields } from './managedFields';

/** What a page of a list says about itself. */
export interface ListFrame {
  resourceVersion: string;
  /** Where the next page begins; absent on the last. */
  continueToken?: string;
}

const ITEMS = '"items":[{';
const METADATA = '"metadata":{';

/** An item that begins with what it is, in either order. */
const NAMED_OPENING =
  /^\{"(?:apiVersion":"[^"]*","kind|kind":"[^"]*","apiVersion)":"[^"]*","metadata":\{$/;

/** Longest `{"kind":…,"apiVersion":…,` before the metadata of an item. */
const LONGEST_OPENING = 200;

/** Where nothing like an item has begun by then, the list is written in another way. */
const LONGEST_HEAD = 64 * 1024;

/** A border within an item is rare. Where there are more, each of them would cost reading all since the last item. */
const MOST_MISSES = 4;

/** What the items of a list are, where the list says so. */
interface ItemKind {
  kind?: string;
  apiVersion?: string;
}

/** What is known of a list before its first item. */
interface Beginning extends ItemKind {
  /** Up to the bracket that opens the items. */
  head: string;
  /** What stands where an item ends and the next begins. */
  border: string;
}

/**
 * Reads one page of a list from its text, piece by piece: what was read is forgotten before the next piece
 * comes, so that the pages of many clusters, which arrive together, are never held whole.
 *
 * Items carry no kind of their own in a list: it follows from the kind of the list (`PodList`). An item without
 * a name is left out; one bad object must not hide the others. Where a page is not written as an API server
 * writes it, what was not read yet is kept to its end and read as a whole.
 */
export class PageReader {
  /** What was not read yet. */
  #text = '';
  /** So much of it has no border. */
  #searched = 0;
  #beginning?: Beginning;
  #misses = 0;
  #isKeptToEnd = false;
  #frame?: ListFrame;

  /** What the page says about itself; known once its last objects are. */
  get frame(): ListFrame {
    if (!this.#frame) throw new Error('The page has not ended yet');
    return this.#frame;
  }

  /**
   * Takes the next piece; the objects that are whole now. Each is parsed when it is asked for: what is parsed
   * at once keeps everything else waiting, and so does the garbage that it leaves.
   */
  *push(piece: string): Generator<KubernetesObject> {
    this.#text += piece;
    if (this.#isKeptToEnd) return;
    this.#beginning ??= this.#begin();
    if (!this.#beginning) return;
    const { border } = this.#beginning;
    let from = 0;
    let next = this.#text.indexOf(border, this.#searched);
    while (next >= 0 && this.#misses < MOST_MISSES) {
      const item = readItem(this.#text.slice(from, next + 1));
      // Where that is no JSON, the border was within an item, which ends at a later one.
      if (item) {
        from = next + 2;
        if (isNamed(item)) yield ofKind(item, this.#beginning);
      } else {
        this.#misses += 1;
      }
      next = this.#text.indexOf(border, next + 1);
    }
    this.#text = this.#text.slice(from);
    this.#searched = Math.max(0, this.#text.length - border.length);
    this.#isKeptToEnd = this.#misses === MOST_MISSES;
  }

  /**
   * Ends the page; the objects that are left.
   *
   * @throws KubernetesError where the text is no list, when the first object is asked for
   */
  *end(): Generator<KubernetesObject> {
    // Without the items that were read, it is still a list.
    const list = parse((this.#beginning?.head ?? '') + this.#text);
    this.#text = '';
    const { items } = list;
    const metadata = isObject(list.metadata) ? list.metadata : {};
    if (!Array.isArray(items) || typeof metadata.resourceVersion !== 'string') {
      throw new KubernetesError(
        'Protocol',
        'The answer to a list is not a list with a resource version',
      );
    }
    this.#frame = {
      resourceVersion: metadata.resourceVersion,
      continueToken:
        typeof metadata.continue === 'string' && metadata.continue
          ? metadata.continue
          : undefined,
    };
    const kind = kindOf(list);
    for (const item of items) if (isNamed(item)) yield ofKind(item, kind);
  }

  /** Undefined until the first item has begun, and where its page has to be read whole. */
  #begin(): Beginning | undefined {
    const at = this.#text.indexOf(ITEMS);
    if (at < 0) {
      this.#isKeptToEnd = this.#text.length > LONGEST_HEAD;
      return undefined;
    }
    const from = at + ITEMS.length - 1;
    const items = this.#text.slice(from, from + LONGEST_OPENING);
    const metadataAt = items.indexOf(METADATA);
    if (metadataAt < 0 && items.length < LONGEST_OPENING) return undefined;
    const head = this.#text.slice(0, from);
    const list = tryParse(`${head}]}`);
    const opening = items.slice(0, metadataAt + METADATA.length);
    const { kind, apiVersion } = kindOf(list ?? {});
    const isKnown =
      list !== undefined &&
      metadataAt >= 0 &&
      ((kind !== undefined && apiVersion !== undefined) ||
        NAMED_OPENING.test(opening));
    if (!isKnown) {
      this.#isKeptToEnd = true;
      return undefined;
    }
    this.#text = this.#text.slice(from);
    return { head, border: `},${opening}`, kind, apiVersion };
  }
}

function readItem(text: string): Record<string, unknown> | undefined {
  const cut = cutManagedFields(text);
  return tryParse(cut) ?? (cut === text ? undefined : tryParse(text));
}

function kindOf(list: Record<string, unknown>): ItemKind {
  return {
    kind:
      typeof list.kind === 'string'
        ? list.kind.replace(/List$/, '')
        : undefined,
    apiVersion:
      typeof list.apiVersion === 'string' ? list.apiVersion : undefined,
  };
}

function ofKind(
  item: KubernetesObject,
  { kind, apiVersion }: ItemKind,
): KubernetesObject {
  item.kind ??= kind;
  item.apiVersion ??= apiVersion;
  return item;
}
