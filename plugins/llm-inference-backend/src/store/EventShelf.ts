import type { StoredObject } from './StoredObject';

/** Events kept about one object; older ones say nothing that the newer do not. */
const EVENTS_PER_SUBJECT = 25;

/** Unknown subjects kept: an event may arrive a moment before the object it is about. */
const STRANGERS = 1_000;

/**
 * Events by what they are about. Bounded, because a cluster may send ten thousand in a burst and most of
 * them concern nothing of ours.
 */
export class EventShelf {
  readonly #bySubject = new Map<string, StoredObject[]>();
  /** Subjects that are not in the store, the one heard of last at the end. */
  readonly #strangers = new Set<string>();

  /** Events about a subject, oldest first. */
  about(subject: string): readonly StoredObject[] {
    return this.#bySubject.get(subject) ?? [];
  }

  /** Adds an event about a known or unknown subject; returns the events that had to go for it. */
  add(event: StoredObject, known: boolean): StoredObject[] {
    const subject = event.about!;
    const events = this.#bySubject.get(subject) ?? [];
    events.push(event);
    this.#bySubject.set(subject, events);
    const evicted = events.splice(0, events.length - EVENTS_PER_SUBJECT);
    if (!known) evicted.push(...this.disown(subject));
    return evicted;
  }

  /** The subject is in the store now: its events stay as long as it does. */
  claim(subject: string): void {
    this.#strangers.delete(subject);
  }

  /** The subject is not, or no longer, in the store; returns the events of a subject forgotten for it. */
  disown(subject: string): StoredObject[] {
    if (!this.#bySubject.has(subject)) return [];
    this.#strangers.delete(subject);
    this.#strangers.add(subject);
    if (this.#strangers.size <= STRANGERS) return [];
    const [oldest] = this.#strangers;
    const forgotten = this.#bySubject.get(oldest) ?? [];
    this.#strangers.delete(oldest);
    this.#bySubject.delete(oldest);
    return forgotten;
  }

  remove(event: StoredObject): void {
    const subject = event.about!;
    const events = this.#bySubject.get(subject);
    const index = events?.indexOf(event) ?? -1;
    if (!events || index < 0) return;
    events.splice(index, 1);
    if (events.length === 0) {
      this.#bySubject.delete(subject);
      this.#strangers.delete(subject);
    }
  }
}
