import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { KubernetesError } from '../clusters/KubernetesError';
import type { LateSpec } from './LateSpec';
import { splitSpec } from './LateSpec';
import { cutManagedFields } from './managedFields';

/** One page of a list. */
export interface ListPage {
  objects: KubernetesObject[];
  resourceVersion: string;
  continueToken?: string;
}

/** One message of a watch. */
export type WatchEvent =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
      object: KubernetesObject;
      /** Where the object came without its spec. */
      spec?: LateSpec;
    }
  | { type: 'ERROR'; code: number; message: string }
  | { type: 'Unknown' };

type JsonObject = Record<string, unknown>;

/**
 * Reads one page of a list. Items carry no kind of their own in a list: it follows from the kind of the
 * list (`PodList`). An item without a name is left out; one bad object must not hide the others.
 */
export function readPage(text: string): ListPage {
  const list = parse(text);
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
  const kind =
    typeof list.kind === 'string' ? list.kind.replace(/List$/, '') : undefined;
  const apiVersion =
    typeof list.apiVersion === 'string' ? list.apiVersion : undefined;
  const objects: KubernetesObject[] = [];
  for (const item of list.items) {
    if (isNamed(item)) {
      item.kind ??= kind;
      item.apiVersion ??= apiVersion;
      objects.push(item);
    }
  }
  return {
    objects,
    resourceVersion: metadata.resourceVersion,
    continueToken:
      typeof metadata.continue === 'string' && metadata.continue
        ? metadata.continue
        : undefined,
  };
}

/** Reads one line of a watch; the spec of an object is left as text where that is asked for. */
export function readWatchEvent(
  line: string,
  options: { lateSpec: boolean } = { lateSpec: false },
): WatchEvent {
  return (options.lateSpec && readWithoutSpec(line)) || readWhole(line);
}

/** Undefined where the line has another shape than that of an event about an object with a spec. */
function readWithoutSpec(line: string): WatchEvent | undefined {
  const parts = splitSpec(cutManagedFields(line));
  const message = parts && tryParse(parts.rest);
  if (!message) return undefined;
  const { type, object } = message;
  if (!isChange(type) || !isNamed(object) || 'spec' in object) return undefined;
  const read = () => {
    const spec = tryParse(parts.spec)?.spec;
    if (isObject(spec)) return { ...object, spec };
    const whole = readWhole(line);
    return 'object' in whole ? whole.object : object;
  };
  return { type, object, spec: { text: parts.spec, read } };
}

function readWhole(line: string): WatchEvent {
  const { type, object } = parse(line);
  if (type === 'ERROR') {
    const status = isObject(object) ? object : {};
    return {
      type: 'ERROR',
      code: typeof status.code === 'number' ? status.code : 500,
      message: typeof status.message === 'string' ? status.message : '',
    };
  }
  if (type === 'BOOKMARK' && isObject(object)) {
    return { type, object };
  }
  if (isChange(type) && isNamed(object)) return { type, object };
  return { type: 'Unknown' };
}

function isChange(type: unknown): type is 'ADDED' | 'MODIFIED' | 'DELETED' {
  return type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED';
}

function parse(text: string): JsonObject {
  const cut = cutManagedFields(text);
  if (cut !== text) {
    const object = tryParse(cut);
    if (object) return object;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KubernetesError('Protocol', 'The cluster sent malformed JSON', {
      cause,
    });
  }
  if (!isObject(value)) {
    throw new KubernetesError(
      'Protocol',
      'The cluster sent something other than an object',
    );
  }
  return value;
}

/** Undefined where a text that was cut is no JSON object: the cut was not where it should be. */
function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNamed(value: unknown): value is KubernetesObject {
  return (
    isObject(value) &&
    isObject(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
