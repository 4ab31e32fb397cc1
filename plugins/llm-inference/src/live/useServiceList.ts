import { useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceList,
  ServiceListQuery,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { Coalesced } from './Coalesced';
import type { LiveFleet } from './LiveStatusApi';
import { useFleet } from './useFleet';

/** A list is read at most once in this time, however often the fleet changes. */
const QUIET_MS = 1_000;

/** A page of services, kept up to date. */
export interface LiveServiceList {
  live: LiveFleet;
  /** The last page that was read; it stays while another query is under way or the backend is away. */
  list?: ServiceList;
  /** Whether `list` still answers an earlier query. */
  isStale: boolean;
  /** Why the last reading failed; absent where it did not. */
  error?: Error;
  /** When `list` was read; milliseconds since the epoch. */
  readAt?: number;
}

type Reading = Omit<LiveServiceList, 'live' | 'isStale'> & { key: string };

/** Reads a page of services, and again whenever something in the fleet has changed. */
export function useServiceList(query: ServiceListQuery): LiveServiceList {
  const client = useApi(llmInferenceApiRef);
  const live = useFleet();
  const key = JSON.stringify(query);
  const [reading, setReading] = useState<Reading>();
  const reader = useRef<Coalesced>();

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    reader.current = new Coalesced(async () => {
      try {
        const list = await client.listServices(JSON.parse(key), { signal });
        if (!signal.aborted) {
          setReading({ key, list, readAt: Date.now() });
        }
      } catch (error) {
        if (!signal.aborted) {
          setReading(last => ({ ...last, key, error: toError(error) }));
        }
      }
    }, QUIET_MS);
    reader.current.request();
    return () => {
      reader.current?.stop();
      controller.abort();
    };
  }, [client, key]);

  useEffect(() => {
    if (live.revision > 0) {
      reader.current?.request();
    }
  }, [live.revision]);

  return {
    live,
    list: reading?.list,
    error: reading?.error,
    readAt: reading?.readAt,
    isStale: reading !== undefined && reading.key !== key,
  };
}
