import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listOf, pod } from '../__testUtils__/objects';
import { KubernetesError } from '../clusters/KubernetesError';
import type { WatchReader } from '../clusters/WatchHandler';
import { ClusterStore } from '../store/ClusterStore';
import { IngestQueue } from './IngestQueue';
import { DEFAULT_TIMINGS, Reflector } from './Reflector';
import type { ListWatchClient } from './Reflector';
import { WATCHED_RESOURCES } from './resources';
import { untraced } from './Trace';
import type { SourceStatus } from './SourceStatus';

const PODS = WATCHED_RESOURCES.find(({ id }) => id === 'pods')!;
const HOURS_24_MS = 24 * 3_600_000;

/** Plays a day of drops on a clock of its own: every wait is over at once and moves the time on. */
class TroubledCluster implements ListWatchClient {
  nowMs = 0;
  version = 1;
  opened = 0;
  openNow = 0;
  mostOpen = 0;
  lists = 0;

  async getChunks() {
    this.lists += 1;
    this.nowMs += 50;
    if (this.lists % 7 === 0) throw new KubernetesError('ServerError', '500');
    return listOf(this.version, [pod('qwen', 'decode', 0)]);
  }

  async watch(
    _path: string,
    _query: object,
    _idleMs: number,
    _signal: AbortSignal,
    reader: WatchReader,
  ) {
    this.opened += 1;
    if (this.opened % 11 === 0) {
      throw new KubernetesError('Network', 'connection refused');
    }
    reader.opened();
    for await (const chunk of this.#stream()) reader.take(chunk);
  }

  async *#stream() {
    this.openNow += 1;
    this.mostOpen = Math.max(this.mostOpen, this.openNow);
    try {
      // Node's promises never let timers and collection run; a real connection would.
      await nextTurn();
      for (const index of [1, 2, 3]) {
        this.version += 1;
        this.nowMs += 4_000;
        yield this.#line(index % 2 ? 'ADDED' : 'DELETED');
      }
      if (this.opened % 5 === 0) {
        yield Buffer.from('{"type":"ERROR","object":{"code":410}}\n');
      }
      if (this.opened % 3 === 0) {
        throw new KubernetesError('Network', 'reset by peer');
      }
    } finally {
      this.openNow -= 1;
    }
  }

  #line(type: string): Buffer {
    const object = pod('qwen', 'decode', 1);
    object.metadata = {
      ...object.metadata,
      resourceVersion: String(this.version),
    };
    return Buffer.from(`${JSON.stringify({ type, object })}\n`);
  }
}

describe('a day of drops', () => {
  it('leaves no connection, listener or object behind', async () => {
    const cluster = new TroubledCluster();
    const store = new ClusterStore({ onDirty: () => undefined });
    const abort = new AbortController();
    const statuses: SourceStatus[] = [];
    let sleepers = 0;
    const reflector = new Reflector({
      client: cluster,
      paths: ['/api/v1/pods'],
      sink: store.sink(PODS),
      ingest: new IngestQueue(),
      trace: untraced,
      source: { cluster: 'gpu-east', resource: 'pods' },
      timings: DEFAULT_TIMINGS,
      clock: {
        now: () => cluster.nowMs,
        random: () => 0.5,
        sleep: async ms => {
          sleepers += 1;
          cluster.nowMs += ms;
          if (cluster.nowMs > HOURS_24_MS) abort.abort();
          await nextTurn();
          sleepers -= 1;
        },
      },
      onStatus: status => statuses.push(status),
    });

    await reflector.run(abort.signal);

    expect(cluster.nowMs).toBeGreaterThan(HOURS_24_MS);
    expect(cluster.opened).toBeGreaterThan(1_000);
    expect(cluster.mostOpen).toBe(1);
    expect(cluster.openNow).toBe(0);
    expect(sleepers).toBe(0);
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
    expect(store.counts()).toEqual({ pods: expect.any(Number) });
    expect(store.counts().pods).toBeLessThanOrEqual(2);
    // States are told once per change: no two in a row are the same.
    const repeated = statuses.filter(
      ({ state }, index) => index > 0 && statuses[index - 1].state === state,
    );
    expect(repeated).toEqual([]);
  });
});
