import { setTimeout as delay } from 'node:timers/promises';

/** What a load brought. */
export interface LoadResult {
  /** Milliseconds of each request; those of an open loop in the order in which they were sent. */
  latencies: number[];
  perSecond: number;
}

/** As many requests as go, so many at a time. The number of the request tells `send` what to ask for. */
export async function closedLoop(
  send: (index: number) => Promise<unknown>,
  { concurrency, seconds }: { concurrency: number; seconds: number },
): Promise<LoadResult> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endAt = startedAt + seconds * 1000;
  let next = 0;
  const worker = async () => {
    while (performance.now() < endAt) {
      const sentAt = performance.now();
      next += 1;
      await send(next);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsed = (performance.now() - startedAt) / 1000;
  return { latencies, perSecond: latencies.length / elapsed };
}

/**
 * So many requests per second, whether or not those before are answered: a server that stands still is met
 * by all that come meanwhile.
 */
export async function openLoop(
  send: (index: number) => Promise<unknown>,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<LoadResult> {
  const count = Math.round(perSecond * seconds);
  const latencies = new Array<number>(count);
  const pending: Array<Promise<void>> = [];
  const startedAt = performance.now();
  for (let index = 0; index < count; index++) {
    const wait = startedAt + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await delay(wait);
    const sentAt = performance.now();
    pending.push(
      send(index).then(() => {
        latencies[index] = performance.now() - sentAt;
      }),
    );
  }
  await Promise.all(pending);
  const elapsed = (performance.now() - startedAt) / 1000;
  return { latencies, perSecond: count / elapsed };
}
