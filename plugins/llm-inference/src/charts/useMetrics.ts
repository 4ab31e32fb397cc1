import { useEffect, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceMetrics,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { documentVisibility } from '../live/PageVisibility';

/** The windows that charts are shown for, in minutes; `all` is everything that is kept. */
const WINDOW_MINUTES = { quarter: 15, hour: 60, all: undefined };

/** Name of a window. */
export type MetricsWindow = keyof typeof WINDOW_MINUTES;

/** However often is measured, nobody reads faster than this. */
const LEAST_INTERVAL_MS = 5_000;

/** Where the first read failed it is not known how often is measured. */
const RETRY_MS = 15_000;

interface Reading {
  key: string;
  metrics?: ServiceMetrics;
  /** When that was read; milliseconds since the epoch. */
  readAt?: number;
  /** Why the newest read failed. */
  error?: Error;
}

/** What was measured of a service, read again as often as it is measured; it rests while the tab is hidden. */
export function useMetrics(
  { cluster, namespace, name }: ServiceRef,
  window: MetricsWindow,
): Omit<Reading, 'key'> & { retry(): void } {
  const client = useApi(llmInferenceApiRef);
  const key = [cluster, namespace, name, window].join('/');
  const [reading, setReading] = useState<Reading>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgainIn = (ms: number) => {
      timer = setTimeout(read, ms);
    };
    async function read() {
      if (documentVisibility.hidden()) {
        readAgainIn(LEAST_INTERVAL_MS);
        return;
      }
      const minutes = WINDOW_MINUTES[window];
      const from =
        minutes && new Date(Date.now() - minutes * 60_000).toISOString();
      try {
        const metrics = await client.getMetrics(
          { cluster, namespace, name },
          from ? { from } : {},
          { signal },
        );
        if (signal.aborted) return;
        setReading({ key, metrics, readAt: Date.now() });
        readAgainIn(
          Math.max(LEAST_INTERVAL_MS, metrics.intervalSeconds * 1000),
        );
      } catch (error) {
        if (signal.aborted) return;
        setReading(before => ({
          ...(before?.key === key ? before : { key }),
          error: toError(error),
        }));
        readAgainIn(RETRY_MS);
      }
    }
    void read();
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, cluster, namespace, name, window, key, attempt]);

  return {
    ...(reading?.key === key ? reading : {}),
    retry: () => setAttempt(count => count + 1),
  };
}
