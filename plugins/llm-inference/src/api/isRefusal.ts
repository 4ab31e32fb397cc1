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

/** What kind of failure stands behind an error, for words about it. */
export function failureOf(
  error: unknown,
): 'Refused' | 'Denied' | 'Missing' | 'Away' | 'Failed' {
  const status = statusOf(error);
  // Without an answer there is no status.
  if (status === undefined || [429, 502, 503, 504].includes(status)) {
    return 'Away';
  }
  if (status === 401 || status === 403) return 'Denied';
  if (status === 404) return 'Missing';
  return status < 500 ? 'Refused' : 'Failed';
}

/** The HTTP status behind an error, where it has one. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error === 'object' && error !== null && 'status' in error) {
    return typeof error.status === 'number' ? error.status : undefined;
  }
  return undefined;
}
