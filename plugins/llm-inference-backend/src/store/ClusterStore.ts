import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import type { LateSpec } from '../watch/LateSpec';
import type { ReflectorSink } from '../watch/Reflector';
import type { WatchedResource } from '../watch/resources';
import { EventShelf } from './EventShelf';
import { Interner } from './Interner';
import { sameText } from './KeptText';
import { eventSubject, owningService, referencedObjects } from './links';
import { pack } from './pack';
import type { ServiceEntry } from './ServiceEntry';
import type { Packed, Slice } from './StoredObject';
import { StoredObject, unpack, Unpacking } from './StoredObject';

/** Name of the StatefulSet of one group: the LeaderWorkerSet's name and the group's index. */
const GROUP_SUFFIX = /-\d+$/;

/** Told that something about a service has changed. */
export type DirtyListener = (namespace: string, name: string) => void;

/** Everything known of one cluster, indexed by the service it belongs to. */
export class ClusterStore {
  readonly #objects = new Map<string, Map<string, StoredObject>>();
  readonly #services = new Map<string, ServiceEntry>();
  /** Services by the objects that they, or their routes, refer to. */
  readonly #referrers = new Map<string, Set<StoredObject>>();
  readonly #events: EventShelf;
  readonly #interner: Interner;
  readonly #onDirty: DirtyListener;
  readonly #onControllers: () => void;

  constructor(options: {
    onDirty: DirtyListener;
    /** Told that what GitOps controllers say has changed. */
    onControllers?: () => void;
    /** Shared between clusters: the same template often runs in several. */
    interner?: Interner;
  }) {
    this.#onDirty = options.onDirty;
    this.#onControllers = options.onControllers ?? (() => undefined);
    this.#interner = options.interner ?? new Interner();
    this.#events = new EventShelf();
  }

  /** Names of the services whose LLMInferenceService exists. */
  *services(): Generator<{ namespace: string; name: string }> {
    for (const { namespace, name, resource } of this.#services.values()) {
      if (resource) yield { namespace, name };
    }
  }

  /** Number of objects held, by resource. */
  counts(): Record<string, number> {
    return Object.fromEntries(
      [...this.#objects].map(([resource, objects]) => [resource, objects.size]),
    );
  }

  /** Whether the LLMInferenceService exists, not only what it has left behind. */
  hasService(namespace: string, name: string): boolean {
    return !!this.#services.get(serviceKey(namespace, name))?.resource;
  }

  /** The LLMInferenceService itself; undefined where it does not exist. */
  serviceResource(
    namespace: string,
    name: string,
  ): KubernetesObject | undefined {
    const resource = this.#services.get(serviceKey(namespace, name))?.resource;
    return resource && unpack(resource);
  }

  /** Every object that belongs to a service, what it refers to, and the events about them. */
  objectsOf(namespace: string, name: string): KubernetesObject[] {
    const entry = this.#services.get(serviceKey(namespace, name));
    if (!entry) return [];
    const found = new Set<StoredObject>(entry.members);
    const follow = (stored: StoredObject) => {
      for (const ref of stored.refs ?? []) {
        const target = this.#find(ref);
        if (target && !found.has(target)) {
          found.add(target);
          follow(target);
        }
      }
    };
    for (const stored of entry.members) follow(stored);
    for (const stored of [...found]) {
      for (const event of this.#events.about(subjectOf(stored))) {
        found.add(event);
      }
    }
    const unpacking = new Unpacking();
    return [...found].map(stored => unpack(stored, unpacking));
  }

  /**
   * Every object of a kind, whatever service it belongs to, one at a time: there may be a hundred thousand,
   * so that whoever goes through pods has to give way in between.
   */
  *objectsOfKind(kind: string): Generator<KubernetesObject> {
    const unpacking = new Unpacking();
    for (const objects of this.#objects.values()) {
      for (const stored of objects.values()) {
        if (stored.slice.resource.kind !== kind) break;
        yield unpack(stored, unpacking);
      }
    }
  }

  /** A sink for one collection; each reflector has its own. */
  sink(resource: WatchedResource): ReflectorSink {
    const slice: Slice = { resource, lists: 0 };
    const objects = this.#objects.get(resource.id) ?? new Map();
    this.#objects.set(resource.id, objects);
    const dropWhere = (gone: (stored: StoredObject) => boolean) => {
      for (const stored of objects.values()) {
        if (stored.slice === slice && gone(stored)) this.#drop(stored);
      }
    };
    return {
      lateSpec: resource.kind === 'Pod',
      beginReplace: () => {
        slice.lists += 1;
      },
      upsert: (object, spec) => this.#put(slice, object, spec),
      remove: object => {
        const stored = objects.get(objectKey(object));
        if (stored) this.#drop(stored);
      },
      endReplace: () => dropWhere(stored => stored.listed !== slice.lists),
      clear: () => dropWhere(() => true),
    };
  }

  #put(slice: Slice, object: KubernetesObject, spec?: LateSpec): void {
    const { resource } = slice;
    const objects = this.#objects.get(resource.id)!;
    const key = objectKey(object);
    const held = objects.get(key);
    const packed = pack(resource, object, this.#interner, { held, spec });
    if (held) {
      held.listed = slice.lists;
      held.mark = packed.mark;
      if (held.shared && held.shared === packed.shared) {
        // Labels and owners are the same: a pod stays where it is linked.
        this.#update(held, packed);
        return;
      }
      if (sameText(held.own, packed.own) && held.shared === packed.shared) {
        return;
      }
      this.#drop(held, { replaced: true });
    }
    const stored = new StoredObject(slice, key, packed);
    objects.set(key, stored);
    if (resource.optionalRole) {
      this.#onControllers();
      return;
    }
    if (resource.kind === 'Event') {
      this.#shelve(stored, object);
      return;
    }
    this.#events.claim(subjectOf(stored));
    this.#link(stored, object);
    this.#markDirty(stored);
    const left = held?.service;
    if (left && !sameService(left, stored.service)) {
      this.#onDirty(left.namespace, left.name);
    }
  }

  #update(held: StoredObject, { own, place }: Packed): void {
    if (sameText(held.own, own) && held.place === place) return;
    held.own = own;
    held.place = place;
    this.#markDirty(held);
  }

  #shelve(stored: StoredObject, event: KubernetesObject): void {
    const subject = eventSubject(event);
    if (!subject) {
      this.#objects.get(stored.slice.resource.id)?.delete(stored.key);
      return;
    }
    const target = this.#findByKind(subject) ?? this.#findGroup(subject);
    stored.about = target ? subjectOf(target) : subject;
    this.#forget(this.#events.add(stored, target !== undefined));
    if (target) this.#markDirty(target);
  }

  #forget(events: StoredObject[]): void {
    for (const event of events) {
      this.#objects.get(event.slice.resource.id)?.delete(event.key);
    }
  }

  #link(stored: StoredObject, object: KubernetesObject): void {
    const isService = object.kind === 'LLMInferenceService';
    const name = isService ? object.metadata?.name : owningService(object);
    const namespace = object.metadata?.namespace;
    if (name && namespace) {
      const entry = this.#entry(namespace, name);
      entry.members.add(stored);
      stored.service = entry;
      if (isService) entry.resource = stored;
    }
    const refs = referencedObjects(object);
    if (refs.length > 0) {
      stored.refs = refs;
      for (const ref of refs) {
        const referrers = this.#referrers.get(ref) ?? new Set();
        referrers.add(stored);
        this.#referrers.set(ref, referrers);
      }
    }
  }

  #drop(stored: StoredObject, options?: { replaced: boolean }): void {
    this.#objects.get(stored.slice.resource.id)?.delete(stored.key);
    if (stored.slice.resource.optionalRole) {
      if (!options?.replaced) this.#onControllers();
      return;
    }
    if (stored.about) {
      this.#events.remove(stored);
      const target = this.#findByKind(stored.about);
      if (target && !options?.replaced) this.#markDirty(target);
      return;
    }
    if (!options?.replaced) {
      this.#markDirty(stored);
      this.#forget(this.#events.disown(subjectOf(stored)));
    }
    for (const ref of stored.refs ?? []) {
      const referrers = this.#referrers.get(ref);
      referrers?.delete(stored);
      if (referrers?.size === 0) this.#referrers.delete(ref);
    }
    const entry = stored.service;
    if (!entry) return;
    entry.members.delete(stored);
    if (entry.resource === stored) entry.resource = undefined;
    if (entry.members.size === 0) {
      this.#services.delete(serviceKey(entry.namespace, entry.name));
    }
  }

  #entry(namespace: string, name: string): ServiceEntry {
    const key = serviceKey(namespace, name);
    let entry = this.#services.get(key);
    if (!entry) {
      entry = { namespace, name, members: new Set() };
      this.#services.set(key, entry);
    }
    return entry;
  }

  /** Marks the object's service, and every service that refers to it, directly or through a route. */
  #markDirty(stored: StoredObject, seen = new Set<StoredObject>()): void {
    if (seen.has(stored)) return;
    seen.add(stored);
    if (stored.service) {
      this.#onDirty(stored.service.namespace, stored.service.name);
    }
    const ref = `${stored.slice.resource.id}|${stored.key}`;
    for (const referrer of this.#referrers.get(ref) ?? []) {
      this.#markDirty(referrer, seen);
    }
  }

  #find(ref: string): StoredObject | undefined {
    const separator = ref.indexOf('|');
    return this.#objects
      .get(ref.slice(0, separator))
      ?.get(ref.slice(separator + 1));
  }

  #findByKind(subject: string): StoredObject | undefined {
    const separator = subject.indexOf('|');
    const kind = subject.slice(0, separator);
    for (const objects of this.#objects.values()) {
      const stored = objects.get(subject.slice(separator + 1));
      if (stored?.slice.resource.kind === kind) return stored;
    }
    return undefined;
  }

  /** The LeaderWorkerSet whose groups a StatefulSet runs: it reports why pods could not be made. */
  #findGroup(subject: string): StoredObject | undefined {
    const [kind, path] = subject.split('|');
    if (kind !== 'StatefulSet') return undefined;
    return (
      this.#findByKind(`LeaderWorkerSet|${path}`) ??
      this.#findByKind(`LeaderWorkerSet|${path.replace(GROUP_SUFFIX, '')}`)
    );
  }
}

function sameService(a: ServiceEntry, b: ServiceEntry | undefined): boolean {
  return a.namespace === b?.namespace && a.name === b.name;
}

function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function objectKey(object: KubernetesObject): string {
  const { namespace = '', name = '' } = object.metadata ?? {};
  // Joined into one text: a template would keep its parts, too.
  return [namespace, name].join('/');
}

function subjectOf(stored: StoredObject): string {
  return `${stored.slice.resource.kind}|${stored.key}`;
}
