import { timeTicks } from './timeTicks';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

describe('the moments under a chart', () => {
  it.each([
    ['14:00:07', '14:15:07', ['14:05:00', '14:10:00', '14:15:00']],
    ['14:00:00', '14:03:30', ['14:00:00', '14:01:00', '14:02:00', '14:03:00']],
    ['13:02:00', '14:02:00', ['13:15:00', '13:30:00', '13:45:00', '14:00:00']],
    ['14:00:05', '14:01:00', ['14:00:15', '14:00:30', '14:00:45', '14:01:00']],
  ])('are round between %s and %s', (from, until, expected) => {
    const { ticks } = timeTicks(at(from), at(until));
    expect(ticks).toEqual(expected.map(at));
  });

  it('say that they need seconds where they are that close', () => {
    const from = at('14:00:00');
    expect(timeTicks(from, from + 50_000).needSeconds).toBe(true);
    expect(timeTicks(from, from + 900_000).needSeconds).toBe(false);
  });

  it('are one where there is one moment only', () => {
    const moment = at('14:00:00');
    expect(timeTicks(moment, moment).ticks).toEqual([moment]);
  });
});
