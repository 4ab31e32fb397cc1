import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import type { WatchedResource } from '../watch/resources';
import type { PodShared } from './projection/pod';
import { unpackPod } from './projection/pod';
import type { ServiceEntry } from './ServiceEntry';

/** The objects of one collection that one reflector mirrors. */
export interface Slice {
  readonly resource: WatchedResource;
  /** Counts the lists; an object that the running list has not shown is gone at its end. */
  mark: number;
}

/**
 * One object of a cluster as it is kept in memory: as text, because that is a third of the size of the
 * objects it describes, and unpacked only while its service is assessed.
 */
export interface StoredObject {
  readonly slice: Slice;
  /** `<namespace>/<name>`; the name alone where the object has no namespace. */
  readonly key: string;
  own: string;
  shared?: PodShared;
  mark: number;
  service?: ServiceEntry;
  /** Objects that this one refers to, as `<resource>|<namespace>/<name>`. */
  refs?: readonly string[];
  /** For an Event: what it is about, as `<kind>|<namespace>/<name>`. */
  about?: string;
}

/** The object, less what its projection dropped. */
export function unpack(stored: StoredObject): KubernetesObject {
  return stored.shared
    ? unpackPod(stored.shared, stored.own)
    : (JSON.parse(stored.own) as KubernetesObject);
}
