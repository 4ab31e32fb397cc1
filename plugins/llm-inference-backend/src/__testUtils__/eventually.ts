import { setTimeout as delay } from 'node:timers/promises';

/** As long as a busy machine takes. */
const PATIENCE_MS = 60_000;

/** Reads until the value is as wanted; fails with the last value. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean,
): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > giveUpAt) {
      throw new Error(`Not as wanted: ${JSON.stringify(value, null, 1)}`);
    }
    await delay(20);
  }
}
