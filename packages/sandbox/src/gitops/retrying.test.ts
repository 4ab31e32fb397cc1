import { DEFAULT_RETRIES, retrying } from './retrying';

describe('trying again', () => {
  it('does not begin once it was ended, and stops when it is', async () => {
    let attempts = 0;
    const attempt = (signal: AbortSignal) =>
      retrying(
        async () => {
          attempts += 1;
          throw new Error('no connection');
        },
        { retries: DEFAULT_RETRIES, signal, onRetry: () => undefined },
      );
    await expect(attempt(AbortSignal.abort())).rejects.toThrow('abort');
    expect(attempts).toBe(0);

    const ending = new AbortController();
    const under = attempt(ending.signal);
    setImmediate(() => ending.abort());
    await expect(under).rejects.toThrow('abort');
    expect(attempts).toBe(1);
  });
});
