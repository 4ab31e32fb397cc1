import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { KubernetesError } from '../clusters/KubernetesError';
import { isNamed, isObject, parse, tryParse } from './json';
import { cutManagedFields } from './managedFields';

/** One page of a list. */
export interface ListPage {
  resourceVersion: string;
  continueToken?: string;
  /**
   * Each is read when it is asked for: a page that is parsed at once keeps everything else waiting, and so does
   * the garbage that it leaves. An object may come twice.
   */
  objects: Iterable<KubernetesObject>;
}

const ITEMS = '"items":[{';
const METADATA = '"metadata":{';

/** Longest `{"kind":…,"apiVersion":…,` before the metadata of an item. */
const LONGEST_OPENING = 200;

/**
 * Reads one page of a list. Items carry no kind of their own in a list: it follows from the kind of the
 * list (`PodList`). An item without a name is left out; one bad object must not hide the others.
 *
 * @throws KubernetesError where the text is no list, at once or while its objects are read
 */
export function readPage(text: string): ListPage {
  const parts = splitItems(text);
  const list = (parts && tryParse(parts.frame)) ?? parse(text);
  const metadata = isObject(list.metadata) ? list.metadata : {};
  if (
    !Array.isArray(list.items) ||
    typeof metadata.resourceVersion !== 'string'
  ) {
    throw new KubernetesError(
      'Protocol',
      'The answer to a list is not a list with a resource version',
    );
  }
  const items =
    parts && list.items.length === 0
      ? readItems(parts.items, text)
      : list.items;
  return {
    objects: named(items, list),
    resourceVersion: metadata.resourceVersion,
    continueToken:
      typeof metadata.continue === 'string' && metadata.continue
        ? metadata.continue
        : undefined,
  };
}

/**
 * Takes the items out of the text of a list; undefined where they are not to be seen. Typed lists end with
 * their items, those of custom resources go on with their kind. Where that is wrong, the frame is no JSON.
 */
function splitItems(
  text: string,
): { frame: string; items: string } | undefined {
  const before = text.indexOf(ITEMS);
  if (before < 0) return undefined;
  const from = before + ITEMS.length - 1;
  const closing = text.trimEnd().endsWith(']}')
    ? text.lastIndexOf(']}')
    : text.lastIndexOf('],"kind":"');
  if (closing < from) return undefined;
  return {
    frame: text.slice(0, from) + text.slice(closing),
    items: text.slice(from, closing),
  };
}

/**
 * The items of a list, each parsed from its own part of the text. All of them begin alike: where another one
 * does so is where an item ends. If that was within an item, then what was cut is no JSON, and the list is
 * parsed whole.
 */
function* readItems(items: string, list: string): Generator<unknown> {
  const metadataAt = items.indexOf(METADATA);
  const opening =
    metadataAt >= 0 && metadataAt < LONGEST_OPENING
      ? items.slice(0, metadataAt + METADATA.length)
      : undefined;
  let from = 0;
  while (from < items.length) {
    const next = opening ? items.indexOf(`},${opening}`, from) : -1;
    const end = next < 0 ? items.length : next + 1;
    const text = items.slice(from, end);
    const item = tryParse(cutManagedFields(text)) ?? tryParse(text);
    if (!item) {
      const whole = parse(list).items;
      if (Array.isArray(whole)) yield* whole;
      return;
    }
    yield item;
    from = end + 1;
  }
}

function* named(
  items: Iterable<unknown>,
  list: Record<string, unknown>,
): Generator<KubernetesObject> {
  const kind =
    typeof list.kind === 'string' ? list.kind.replace(/List$/, '') : undefined;
  const apiVersion =
    typeof list.apiVersion === 'string' ? list.apiVersion : undefined;
  for (const item of items) {
    if (isNamed(item)) {
      item.kind ??= kind;
      item.apiVersion ??= apiVersion;
      yield item;
    }
  }
}
