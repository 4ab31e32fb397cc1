import { onClockJump } from './ClockJumps';

describe('a clock that is set', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is told of once per jump, forward and back, and not for running', () => {
    const heard: number[] = [];
    const startedAt = performance.now();
    let offset = 0;
    const stop = onClockJump(
      {
        now: () => 1_000_000 + performance.now() - startedAt + offset,
        sleep: async () => {},
        random: () => 0,
      },
      jumpedMs => heard.push(jumpedMs),
    );
    jest.advanceTimersByTime(3_600_000);
    expect(heard).toEqual([]);
    offset = 7 * 3_600_000;
    jest.advanceTimersByTime(10_000);
    offset = 0;
    jest.advanceTimersByTime(10_000);
    expect(heard).toEqual([7 * 3_600_000, -7 * 3_600_000]);
    stop();
    offset = 60_000;
    jest.advanceTimersByTime(10_000);
    expect(heard).toHaveLength(2);
    expect(jest.getTimerCount()).toBe(0);
  });
});
