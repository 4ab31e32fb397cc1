/** How a request to a cluster failed, as far as what to do next depends on it. */
export type FailureKind =
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'Expired'
  | 'TooManyRequests'
  | 'ServerError'
  | 'Network'
  | 'Protocol'
  | 'Credential';

/** A request to a cluster failed. The message carries no credential. */
export class KubernetesError extends Error {
  readonly kind: FailureKind;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfterMs?: number;

  constructor(
    kind: FailureKind,
    message: string,
    details: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'KubernetesError';
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The kind of failure that an HTTP status, or the code of a watch ERROR event, stands for. */
export function failureKindOf(status: number): FailureKind {
  if (status === 401) return 'Unauthorized';
  if (status === 403) return 'Forbidden';
  if (status === 404) return 'NotFound';
  if (status === 410) return 'Expired';
  if (status === 429) return 'TooManyRequests';
  if (status >= 500) return 'ServerError';
  return 'Protocol';
}
