import { ConfigReader } from '@backstage/config';
import { listOf, pod } from '../__testUtils__/objects';
import { failureKindOf, KubernetesError } from '../clusters/KubernetesError';
import { readLlmInferenceConfig } from '../config/LlmInferenceConfig';
import type { WatchReader } from '../clusters/WatchHandler';
import { ClusterStore } from '../store/ClusterStore';
import { IngestQueue } from './IngestQueue';
import { DEFAULT_TIMINGS, Reflector } from './Reflector';
import type { ListWatchClient } from './Reflector';
import { WATCHED_RESOURCES } from './resources';
import { untraced } from './Trace';

const PODS = WATCHED_RESOURCES.find(({ id }) => id === 'pods')!;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Seconds that a trouble lasts: its end comes at any time between two attempts, early on and after many. */
const DURATIONS = [
  ...Array.from({ length: 30 }, (_, index) => 1 + 2 * index),
  ...Array.from({ length: 15 }, (_, index) => 600 + index),
];

/** What an installation has that sets nothing. */
const { watch: SHIPPED } = readLlmInferenceConfig(new ConfigReader({}));

/** Time is looked at in steps of this size. */
const STEP_MS = 250;

type Trouble =
  | 'refused'
  | 'hung'
  | 'half-open'
  | 'cut every two seconds'
  | '410 in the watch'
  | 'torn lines'
  | { status: number; retryAfterMs?: number };

/**
 * A cluster on a clock of its own, which only waiting moves on. It is in trouble for a while, in the midst of which
 * a pod comes.
 */
class TroubledCluster implements ListWatchClient {
  nowMs = 0;
  onTime: () => void = () => undefined;

  constructor(
    readonly trouble: Trouble,
    readonly from: number,
    readonly until: number,
  ) {}

  wait(ms: number): void {
    this.nowMs += ms;
    this.onTime();
  }

  async getChunks() {
    this.#misbehave();
    const version = this.#version();
    this.wait(20);
    return listOf(
      version,
      Array.from({ length: version }, (_, index) =>
        pod('qwen', 'decode', index),
      ),
    );
  }

  async watch(
    _path: string,
    query: Record<string, string | number | boolean | undefined>,
    idleMs: number,
    _signal: AbortSignal,
    reader: WatchReader,
  ) {
    this.#misbehave();
    reader.opened();
    const lastsMs = Number(query.timeoutSeconds) * SECOND;
    const since = Number(query.resourceVersion);
    for (const chunk of this.#stream(since, lastsMs, idleMs)) {
      await Promise.resolve();
      reader.take(chunk);
    }
  }

  #version(): number {
    return this.nowMs < (this.from + this.until) / 2 ? 1 : 2;
  }

  get #troubled(): boolean {
    return this.nowMs >= this.from && this.nowMs < this.until;
  }

  #misbehave(): void {
    if (!this.#troubled) return;
    if (this.trouble === 'refused') {
      throw new KubernetesError('Network', 'connection refused');
    }
    if (this.trouble === 'hung') {
      this.wait(SHIPPED.answerSeconds * SECOND);
      throw new KubernetesError('Network', 'no answer');
    }
    if (typeof this.trouble === 'object') {
      const { status } = this.trouble;
      const message = `answered ${status}`;
      throw new KubernetesError(failureKindOf(status), message, this.trouble);
    }
  }

  *#stream(since: number, lastsMs: number, idleMs: number) {
    const openedAt = this.nowMs;
    let told = since;
    while (this.nowMs < openedAt + lastsMs) {
      if (
        this.trouble === 'half-open' &&
        openedAt < this.from &&
        this.nowMs >= this.from
      ) {
        // Nobody is there any more, now or later. What was said last was at the opening, at best.
        this.wait(idleMs);
        throw new KubernetesError('Network', 'nothing has come');
      }
      if (this.#troubled) yield* this.#disturbed(this.nowMs - openedAt);
      if (this.#version() > told) {
        told = this.#version();
        const added = pod('qwen', 'decode', 1);
        const metadata = { ...added.metadata, resourceVersion: String(told) };
        yield line('ADDED', { ...added, metadata });
      }
      this.wait(STEP_MS);
    }
  }

  *#disturbed(livedMs: number) {
    if (this.trouble === '410 in the watch') yield line('ERROR', { code: 410 });
    if (this.trouble === 'torn lines') yield Buffer.from('{"type":"MOD\n');
    const mayLive = this.trouble === 'cut every two seconds' ? 2 * SECOND : 0;
    if (this.trouble !== 'half-open' && livedMs >= mayLive) {
      throw new KubernetesError('Network', 'reset by peer');
    }
  }
}

function line(type: string, object: object): Buffer {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}

/** Milliseconds from the end of the trouble until all is right again, and stays so. */
async function recoversWithin(cluster: TroubledCluster, random: number) {
  const store = new ClusterStore({ onDirty: () => undefined });
  const abort = new AbortController();
  let state = 'Syncing';
  let rightAt: number | undefined;
  const isRight = () => state === 'Live' && store.counts().pods === 2;
  cluster.onTime = () => {
    if (cluster.nowMs < cluster.until) return;
    if (!isRight()) rightAt = undefined;
    else rightAt ??= cluster.nowMs;
    if (cluster.nowMs > cluster.until + 3 * MINUTE) abort.abort();
  };
  const reflector = new Reflector({
    client: cluster,
    paths: ['/api/v1/pods'],
    sink: store.sink(PODS),
    ingest: new IngestQueue(),
    trace: untraced,
    source: { cluster: 'gpu-east', resource: 'pods' },
    timings: {
      ...DEFAULT_TIMINGS,
      watchMs: SHIPPED.lifetimeSeconds * SECOND,
      reprobeMs: SHIPPED.reprobeSeconds * SECOND,
    },
    clock: {
      now: () => cluster.nowMs,
      random: () => random,
      sleep: async ms => cluster.wait(ms),
    },
    onStatus: status => {
      state = status.state;
    },
  });
  await reflector.run(abort.signal);
  return rightAt === undefined ? Infinity : rightAt - cluster.until;
}

/**
 * The intervals that the product ships with, to the quarter of a second and on any machine. What the sandbox's
 * faults do to a whole portal is played in packages/backend, with shorter ones.
 */
describe('how soon all is right again', () => {
  it.each<[string, Trouble, number]>([
    ['an API server that restarts', 'refused', 10],
    ['watches that are cut every two seconds', 'cut every two seconds', 10],
    ['a storm of 410 in the watch', '410 in the watch', 10],
    ['a storm of 410 as the answer', { status: 410 }, 10],
    ['429 with Retry-After', { status: 429, retryAfterMs: 3 * SECOND }, 10],
    ['errors of the server', { status: 500 }, 10],
    ['a token that is refused', { status: 401 }, 10],
    ['lines that are torn', 'torn lines', 10],
    ['a right that was taken away', { status: 403 }, 60],
    ['a kind that was not served', { status: 404 }, 60],
    // Whether an answer still comes cannot be seen.
    ['requests that are never answered', 'hung', 45],
  ])('after %s', async (_, trouble, seconds) => {
    for (const random of [0, 0.5, 0.999]) {
      for (const lasts of DURATIONS) {
        const from = 2 * MINUTE;
        const until = from + lasts * SECOND;
        const cluster = new TroubledCluster(trouble, from, until);
        const within = await recoversWithin(cluster, random);
        const when = { random, lasts, within };
        expect({ ...when, late: within > seconds * SECOND }).toEqual({
          ...when,
          late: false,
        });
      }
    }
  });

  it('after a connection has become half open', async () => {
    for (const random of [0, 0.5, 0.999]) {
      for (let phase = 0; phase < 40; phase += 1) {
        const from = 2 * MINUTE + phase * SECOND;
        const cluster = new TroubledCluster('half-open', from, from + 2);
        const within = await recoversWithin(cluster, random);
        expect({ random, phase, late: within > 45 * SECOND }).toEqual({
          random,
          phase,
          late: false,
        });
      }
    }
  });
});
