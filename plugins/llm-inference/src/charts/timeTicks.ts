const MINUTE = 60_000;

/** Distances that people count time in. */
const STEPS = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240].map(
  minutes => minutes * MINUTE,
);

const MOST_TICKS = 4;

/** Round moments between two, at most four; those of a short stretch need seconds to be told apart. */
export function timeTicks(
  from: number,
  until: number,
): { ticks: number[]; needSeconds: boolean } {
  const step =
    STEPS.find(length => (until - from) / length <= MOST_TICKS) ??
    (until - from) / MOST_TICKS;
  const first = Math.ceil(from / step) * step;
  const ticks: number[] = [];
  for (let at = first; at <= until && ticks.length < MOST_TICKS; at += step) {
    ticks.push(at);
  }
  return { ticks, needSeconds: step < MINUTE };
}
