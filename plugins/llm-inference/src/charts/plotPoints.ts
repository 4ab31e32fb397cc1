/** A moment of a chart: when, and one value per line; `null` is a gap. */
export interface PlotPoint {
  at: number;
  values: (number | null)[];
}

/** Rounds come a little late; this many intervals without one are a gap. */
const MISSED_INTERVALS = 2.5;

/**
 * The points of a chart. Where rounds are missing altogether (the backend was away, say) a point without
 * values stands between: no line is drawn over what nobody saw.
 */
export function plotPoints(
  times: readonly string[],
  lines: readonly { values: readonly (number | null)[] }[],
  intervalSeconds: number,
): PlotPoint[] {
  const points: PlotPoint[] = [];
  times.forEach((time, index) => {
    const at = new Date(time).getTime();
    const before = points[points.length - 1]?.at;
    if (
      before !== undefined &&
      at - before > MISSED_INTERVALS * intervalSeconds * 1000
    ) {
      points.push({ at: (before + at) / 2, values: lines.map(() => null) });
    }
    points.push({
      at,
      values: lines.map(({ values }) => values[index] ?? null),
    });
  });
  return points;
}

/** Whether a value stands alone: a line cannot show it, a dot can. */
export function standsAlone(
  points: readonly PlotPoint[],
  index: number,
  line: number,
): boolean {
  const valueAt = (place: number) => points[place]?.values[line] ?? null;
  return (
    valueAt(index) !== null &&
    valueAt(index - 1) === null &&
    valueAt(index + 1) === null
  );
}
