/**
 * Whether an error is the backend's considered "no" (not signed in, not allowed, no such entity, bad
 * request), as opposed to the backend being away or overloaded.
 */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return (
    status !== undefined && status >= 400 && status < 500 && status !== 429
  );
}

/** The HTTP status behind an error, where it has one. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error === 'object' && error !== null && 'status' in error) {
    return typeof error.status === 'number' ? error.status : undefined;
  }
  return undefined;
}
