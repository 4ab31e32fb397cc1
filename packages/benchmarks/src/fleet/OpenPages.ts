import type { PortalHandle } from './PortalHandle';
import type { FleetService } from './FleetSize';
import { sharedNow } from './World';
import type { Change } from './World';

/** One user may open this many streams; pages beyond share them, which costs the backend the same events. */
const STREAMS = 25;

const MISSING_MS = 30_000;

interface Seen {
  ready: number;
  at: number;
}

/** Pages of our plugin that stay open: their live streams, and when what was heard on them. */
export class OpenPages {
  readonly #abort = new AbortController();
  readonly #seen = new Map<string, Seen[]>();
  readonly #names = new Map<string, string>();
  #waiting: Array<() => void> = [];

  /** Opens the pages; resolves once every one has its first picture. */
  static async open(
    portal: PortalHandle,
    services: readonly FleetService[],
  ): Promise<OpenPages> {
    const pages = new OpenPages();
    const streams = Math.min(STREAMS, services.length);
    for (let index = 0; index < streams; index++) {
      const mine = services.filter((_, i) => i % streams === index);
      void pages.#listen(portal, mine);
    }
    await pages.#until(() => pages.#seen.size === services.length);
    return pages;
  }

  /** Milliseconds from a change until its page shows it. @throws Error where that takes half a minute */
  async heard(change: Change): Promise<number> {
    let found: Seen | undefined;
    await this.#until(() => {
      found = this.#find(change);
      return found !== undefined;
    });
    return found!.at - change.at;
  }

  close(): void {
    this.#abort.abort();
  }

  #find({ service, ready, at }: Change): Seen | undefined {
    return this.#seen
      .get(service)
      ?.find(seen => seen.at >= at && seen.ready === ready);
  }

  async #listen(portal: PortalHandle, services: FleetService[]): Promise<void> {
    for (const { entityRef, name } of services) {
      this.#names.set(entityRef, name);
    }
    try {
      for await (const event of portal.client().stream({
        entityRefs: services.map(({ entityRef }) => entityRef),
        signal: this.#abort.signal,
      })) {
        const at = sharedNow();
        if (event.type !== 'entity') continue;
        const name = this.#names.get(event.data.entityRef) ?? '';
        const ready = event.data.services[0]?.health.pools.prefill?.ready ?? -1;
        const seen = this.#seen.get(name) ?? [];
        this.#seen.set(name, seen);
        seen.push({ ready, at });
        this.#waiting.splice(0).forEach(resume => resume());
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  async #until(condition: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + MISSING_MS;
    while (!condition()) {
      if (performance.now() > giveUpAt) {
        throw new Error('A page has not heard of a change for half a minute');
      }
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 1_000).unref();
      });
    }
  }
}
