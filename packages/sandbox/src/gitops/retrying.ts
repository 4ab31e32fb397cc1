import pRetry, { AbortError } from 'p-retry';
import { KubernetesError } from './KubernetesClient';

/** How often and how long to try again; times in milliseconds. */
export interface Retries {
  retries: number;
  minTimeout: number;
  maxTimeout: number;
  /** How much longer each wait is than the one before. */
  factor: number;
}

/** Gives up after about two minutes. */
export const DEFAULT_RETRIES: Retries = {
  retries: 10,
  minTimeout: 500,
  maxTimeout: 30_000,
  factor: 2,
};

/**
 * Tries again, ever more slowly, what failed for a reason that may pass: no
 * connection, no answer in time, or a server that says it is busy or broken.
 * Fails with one sentence that says why.
 */
export async function retrying<T>(
  action: () => Promise<T>,
  options: {
    retries: Retries;
    /** Ends the waiting. */
    signal: AbortSignal;
    /** Told of each failure that another attempt follows. */
    onRetry: (message: string) => void;
  },
): Promise<T> {
  // p-retry waits for the end of a signal; where it has ended already, it goes through all of its attempts.
  options.signal.throwIfAborted();
  return pRetry(
    async () => {
      try {
        return await action();
      } catch (error) {
        const failure = new Error(messageOf(error), { cause: error });
        throw mayPass(error) ? failure : new AbortError(failure);
      }
    },
    {
      ...options.retries,
      signal: options.signal,
      onFailedAttempt: failure => {
        if (failure.retriesLeft > 0) {
          options.onRetry(failure.message);
        }
      },
    },
  );
}

/** What went wrong, with the reason below it where there is one. */
export function messageOf(error: unknown): string {
  const { message, cause } = Object(error) as {
    message?: string;
    cause?: { message?: string };
  };
  return [message ?? String(error), cause?.message]
    .filter((part, i, parts) => part && parts.indexOf(part) === i)
    .join(': ');
}

function mayPass(error: unknown): boolean {
  return (
    !(error instanceof KubernetesError) ||
    error.status === 409 ||
    error.status === 429 ||
    error.status >= 500
  );
}
