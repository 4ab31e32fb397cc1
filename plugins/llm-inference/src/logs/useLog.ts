import { useEffect, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PodLogQuery,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { LogBuffer } from './LogBuffer';

/** Lines that are kept; older ones make room. */
const KEPT_LINES = 5_000;
/** How often new lines are drawn at most. */
const DRAW_MS = 100;

/** A container's log as far as it was read. */
export interface Log {
  lines: string[];
  state: 'reading' | 'ended' | 'failed';
  error?: Error;
}

const NOTHING: Log = { lines: [], state: 'reading' };

/** Reads a container's log, and goes on reading it where it is followed. */
export function useLog(
  service: ServiceRef,
  pod: string,
  query: PodLogQuery,
): Log {
  const client = useApi(llmInferenceApiRef);
  const key = JSON.stringify([service, pod, query]);
  const [read, setRead] = useState<{ key: string; log: Log }>();

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const buffer = new LogBuffer(KEPT_LINES);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (state: Log['state'], error?: Error) => {
      clearTimeout(timer);
      timer = undefined;
      if (!signal.aborted) {
        setRead({ key, log: { lines: buffer.lines(), state, error } });
      }
    };
    const readAll = async () => {
      const [ref, name, what] = JSON.parse(key);
      for await (const piece of client.podLog(ref, name, what, { signal })) {
        buffer.add(piece);
        timer ??= setTimeout(() => show('reading'), DRAW_MS);
      }
    };
    readAll().then(
      () => show('ended'),
      error => show('failed', toError(error)),
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key]);

  return read?.key === key ? read.log : NOTHING;
}
