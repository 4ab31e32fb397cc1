import { setTimeout as delay } from 'node:timers/promises';

/** As long as a busy machine takes; the bounds of the backend itself are below ten seconds. */
const PATIENCE_MS = 45_000;

/** Reads until the value is as wanted; fails with the last value, or with the error of the last reading. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean,
): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const last = await attempt(read);
    if ('value' in last && wanted(last.value)) return last.value;
    if (performance.now() > giveUpAt) {
      if ('error' in last) throw last.error;
      throw new Error(`Not as wanted: ${JSON.stringify(last.value, null, 1)}`);
    }
    await delay(50);
  }
}

/** A refusal is no answer yet either: a service is not there before the first picture of its cluster is. */
async function attempt<T>(
  read: () => Promise<T> | T,
): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await read() };
  } catch (error) {
    return { error };
  }
}
