import type { ClusterEvent } from '../../resource/event';

const NONE: readonly ClusterEvent[] = Object.freeze([]);

/** Events of a namespace by the object that they speak of, newest first. */
export class EventIndex {
  private readonly bySubject = new Map<string, ClusterEvent[]>();

  constructor(events: readonly ClusterEvent[]) {
    for (const event of events) {
      const key = `${event.kind}/${event.name}`;
      const list = this.bySubject.get(key);
      if (list) {
        list.push(event);
      } else {
        this.bySubject.set(key, [event]);
      }
    }
    for (const list of this.bySubject.values()) {
      list.sort(newestFirst);
    }
  }

  /** Events about one object, newest first. */
  of(kind: string, name: string): readonly ClusterEvent[] {
    return this.bySubject.get(`${kind}/${name}`) ?? NONE;
  }

  /** Every subject with its events. */
  subjects(): IterableIterator<[string, ClusterEvent[]]> {
    return this.bySubject.entries();
  }
}

function newestFirst(a: ClusterEvent, b: ClusterEvent): number {
  return (
    (b.at ?? 0) - (a.at ?? 0) ||
    compare(a.reason, b.reason) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
