/** Kubernetes writes its times in whole seconds of UTC. */
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A time of the API as seconds since the epoch, which takes half the room; anything else stays as it is. */
export function compactTime(value: unknown): number | string | null {
  if (typeof value !== 'string') return null;
  if (!WHOLE_SECONDS.test(value)) return value;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value : ms / 1000;
}

/** The time as the API wrote it. */
export function expandTime(
  value: number | string | null | undefined,
): string | undefined {
  if (typeof value === 'number') {
    return `${new Date(value * 1000).toISOString().slice(0, 19)}Z`;
  }
  return value ?? undefined;
}
