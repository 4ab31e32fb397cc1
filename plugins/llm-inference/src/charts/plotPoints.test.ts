import { plotPoints, standsAlone } from './plotPoints';

const AT = Date.parse('2026-11-22T14:00:00Z');
const time = (seconds: number) => new Date(AT + seconds * 1000).toISOString();

describe('the points of a chart', () => {
  it('have one value per line, and a gap where a value is not known', () => {
    expect(
      plotPoints(
        [time(0), time(30)],
        [{ values: [1, null] }, { values: [2, 3] }],
        30,
      ),
    ).toEqual([
      { at: AT, values: [1, 2] },
      { at: AT + 30_000, values: [null, 3] },
    ]);
  });

  it('have a gap where nobody was looking', () => {
    const points = plotPoints(
      [time(0), time(30), time(300)],
      [{ values: [1, 2, 3] }],
      30,
    );
    expect(points.map(({ values }) => values[0])).toEqual([1, 2, null, 3]);
  });

  it('bear with a round that comes late', () => {
    expect(
      plotPoints([time(0), time(65)], [{ values: [1, 2] }], 30),
    ).toHaveLength(2);
  });

  it('know a value between gaps, which no line can show', () => {
    const points = plotPoints(
      [0, 30, 60, 90].map(time),
      [{ values: [1, null, 2, null] }],
      30,
    );
    expect(points.map((_, index) => standsAlone(points, index, 0))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
