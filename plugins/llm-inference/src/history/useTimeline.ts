import { useEffect, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceStatus,
  Timeline,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';

/** The windows that a timeline can be read for, in hours. */
export const WINDOW_HOURS = { day: 24, week: 7 * 24 } as const;

/** Name of a window. */
export type TimelineWindow = keyof typeof WINDOW_HOURS;

interface Reading {
  key: string;
  timeline?: Timeline;
  error?: Error;
}

/** What a service did over a window of time; read again whenever its verdict changes. */
export function useTimeline(
  { service, health }: ServiceStatus,
  window: TimelineWindow,
): Omit<Reading, 'key'> {
  const client = useApi(llmInferenceApiRef);
  const { cluster, namespace, name } = service;
  const { verdict } = health;
  const key = [cluster, namespace, name, window].join('/');
  const [reading, setReading] = useState<Reading>();

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const from = new Date(Date.now() - WINDOW_HOURS[window] * 3_600_000);
    client
      .getTimeline(
        { cluster, namespace, name },
        { from: from.toISOString() },
        { signal },
      )
      .then(
        timeline => !signal.aborted && setReading({ key, timeline }),
        error => !signal.aborted && setReading({ key, error: toError(error) }),
      );
    return () => controller.abort();
  }, [client, cluster, namespace, name, window, key, verdict]);

  return reading?.key === key ? reading : {};
}
