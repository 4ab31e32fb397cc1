import { setTimeout as delay } from 'node:timers/promises';

/** Reads until the value is as wanted; after ten seconds fails with the last value. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean,
): Promise<T> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > giveUpAt) {
      throw new Error(`Not as wanted: ${JSON.stringify(value, null, 1)}`);
    }
    await delay(20);
  }
}
