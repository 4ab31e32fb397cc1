import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import type { WatchedResource } from '../watch/resources';
import { readKept } from './KeptText';
import type { KeptText } from './KeptText';
import type { SharedText } from './Interner';
import { TimeExpander } from './projection/compactTime';
import { unpackPod } from './projection/pod';
import type { PodShared } from './projection/pod';
import type { ServiceEntry } from './ServiceEntry';

/** The objects of one collection that one reflector mirrors. */
export interface Slice {
  readonly resource: WatchedResource;
  /** Counts the lists; an object that the running list has not shown is gone at its end. */
  lists: number;
}

/** The text that an object is kept as. */
export interface Packed {
  own: KeptText;
  /** For a pod: what it has in common with the other pods of its template. */
  shared?: SharedText;
  /** For a pod: what it was given once. */
  place?: string;
  /** For a pod: stands for everything that `shared` and `place` are made from; 0 where that is not known. */
  mark: number;
}

/**
 * One object of a cluster as it is kept in memory: as text, because that is a third of the size of the
 * objects it describes, and unpacked only while its service is assessed.
 */
export class StoredObject implements Packed {
  own: KeptText;
  readonly shared?: SharedText;
  place?: string;
  mark: number;
  /** Which list of its slice has shown the object last. */
  listed: number;
  service?: ServiceEntry;
  /** Objects that this one refers to, as `<resource>|<namespace>/<name>`. */
  refs?: readonly string[];
  /** For an Event: what it is about, as `<kind>|<namespace>/<name>`. */
  about?: string;

  /** @param key - `<namespace>/<name>`; the name alone where the object has no namespace */
  constructor(
    readonly slice: Slice,
    readonly key: string,
    { own, shared, place, mark }: Packed,
  ) {
    this.own = own;
    this.shared = shared;
    this.place = place;
    this.mark = mark;
    this.listed = slice.lists;
    // Named even where there are none: a field that is added later costs more room than one that is there.
    this.service = undefined;
    this.refs = undefined;
    this.about = undefined;
  }
}

/** What the objects of one service have in common once they are unpacked. */
export class Unpacking {
  readonly times = new TimeExpander();
  readonly #templates = new Map<SharedText, PodShared>();

  template(shared: SharedText): PodShared {
    const known = this.#templates.get(shared);
    if (known) return known;
    const template = JSON.parse(shared.read()) as PodShared;
    this.#templates.set(shared, template);
    return template;
  }
}

/** The object, less what its projection dropped. Objects of one unpacking share what they have in common. */
export function unpack(
  stored: StoredObject,
  unpacking: Unpacking = new Unpacking(),
): KubernetesObject {
  const { shared, place } = stored;
  const own = readKept(stored.own);
  if (!shared || !place) return JSON.parse(own) as KubernetesObject;
  const name = stored.key.slice(stored.key.indexOf('/') + 1);
  const template = unpacking.template(shared);
  return unpackPod(name, template, { own, place }, unpacking.times);
}
