import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { isNamed, isObject, parse, tryParse } from './json';
import type { LateSpec } from './LateSpec';
import { splitSpec } from './LateSpec';
import { cutManagedFields } from './managedFields';

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
