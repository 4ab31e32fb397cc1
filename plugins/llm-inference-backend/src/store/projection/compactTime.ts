/** Kubernetes writes its times in whole seconds of UTC. */
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A time in seconds, as the API wrote it where it is none, or none at all. */
export type CompactTime = number | string | null;

/**
 * A time of the API as seconds since another, which take a sixth of the room; anything else stays as it is.
 *
 * @param since - seconds since the epoch; the epoch where the other is no time
 */
export function compactTime(
  value: unknown,
  since: CompactTime = 0,
): CompactTime {
  if (typeof value !== 'string') return null;
  if (!WHOLE_SECONDS.test(value)) return value;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value : ms / 1000 - secondsOf(since);
}

/** Gives times back as the API wrote them; equal times are one text in memory. */
export class TimeExpander {
  readonly #known = new Map<number, string>();

  expand(
    value: CompactTime | undefined,
    since: CompactTime = 0,
  ): string | undefined {
    if (typeof value !== 'number') return value ?? undefined;
    const seconds = value + secondsOf(since);
    const known = this.#known.get(seconds);
    if (known !== undefined) return known;
    const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
    this.#known.set(seconds, text);
    return text;
  }
}

function secondsOf(time: CompactTime): number {
  return typeof time === 'number' ? time : 0;
}
