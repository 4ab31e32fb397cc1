import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import type { WatchedResource } from '../watch/resources';
import type { SharedText } from './Interner';
import { unpackPod } from './projection/pod';
import type { PodShared } from './projection/pod';
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
  /** For a pod: what it has in common with the other pods of its template. */
  shared?: SharedText;
  mark: number;
  service?: ServiceEntry;
  /** Objects that this one refers to, as `<resource>|<namespace>/<name>`. */
  refs?: readonly string[];
  /** For an Event: what it is about, as `<kind>|<namespace>/<name>`. */
  about?: string;
}

/** Templates that have been unpacked already, while the objects of one service are. */
export type UnpackedTemplates = Map<SharedText, PodShared>;

/** The object, less what its projection dropped. Objects unpacked with the same map share their templates. */
export function unpack(
  stored: StoredObject,
  templates: UnpackedTemplates = new Map(),
): KubernetesObject {
  if (!stored.shared) return JSON.parse(stored.own) as KubernetesObject;
  let template = templates.get(stored.shared);
  if (!template) {
    template = JSON.parse(stored.shared.text) as PodShared;
    templates.set(stored.shared, template);
  }
  const name = stored.key.slice(stored.key.indexOf('/') + 1);
  return unpackPod(name, template, stored.own);
}
