import { Coalesced } from './Coalesced';

describe('Coalesced', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs at once, and once more for all that was asked for meanwhile', async () => {
    const task = jest.fn(async () => {});
    const coalesced = new Coalesced(task, 1_000);
    coalesced.request();
    coalesced.request();
    coalesced.request();
    await jest.advanceTimersByTimeAsync(0);
    expect(task).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(1_000);
    expect(task).toHaveBeenCalledTimes(2);

    await jest.advanceTimersByTimeAsync(10_000);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it('is never starved by requests that do not end', async () => {
    const task = jest.fn(async () => {});
    const coalesced = new Coalesced(task, 1_000);
    for (let i = 0; i < 50; i += 1) {
      coalesced.request();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(task).toHaveBeenCalledTimes(6);
  });

  it('runs nothing any more once it is stopped', async () => {
    const task = jest.fn(async () => {});
    const coalesced = new Coalesced(task, 1_000);
    coalesced.request();
    coalesced.request();
    coalesced.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(task).toHaveBeenCalledTimes(1);
  });
});
