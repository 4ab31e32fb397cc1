import { SandboxClock } from './SandboxClock';

const START = new Date('2026-11-22T09:00:00Z');

describe('SandboxClock', () => {
  it('runs what falls due in order, at its own moment', () => {
    const clock = new SandboxClock({ startAt: START });
    const seen: string[] = [];
    const note = (name: string) => () =>
      seen.push(`${name} ${clock.now().toISOString().slice(11, 19)}`);
    clock.setTimeout(note('second'), 20_000);
    clock.setTimeout(() => {
      note('first')();
      clock.setTimeout(note('between'), 5_000);
    }, 10_000);
    clock.setTimeout(note('late'), 60_000);
    clock.advance(30_000);
    expect(seen).toEqual([
      'first 09:00:10',
      'between 09:00:15',
      'second 09:00:20',
    ]);
    expect(clock.now().toISOString()).toBe('2026-11-22T09:00:30.000Z');
  });

  it('forgets what was cancelled', () => {
    const clock = new SandboxClock({ startAt: START });
    const seen: string[] = [];
    clock.setTimeout(() => seen.push('kept'), 1_000);
    clock.setTimeout(() => seen.push('cancelled'), 1_000)();
    clock.advance(2_000);
    expect(seen).toEqual(['kept']);
  });

  it('plays faster than the wall once it is live, while it tells the wall time', async () => {
    const clock = new SandboxClock({ startAt: START, speed: 6_000 });
    const aMinuteOfPlay = new Promise<void>(resolve => {
      clock.setTimeout(resolve, 60_000);
    });
    clock.goLive();
    await aMinuteOfPlay;
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
    expect(() => clock.advance(1)).toThrow('cannot be advanced');
    clock.stop();
  });
});
