import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceManifest,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { Coalesced } from '../live/Coalesced';

/** A service that starts many pods changes many times a second; its manifest does not. */
const READ_AT_MOST_EVERY_MS = 3_000;

interface Reading {
  key: string;
  manifest?: ServiceManifest;
  /** Why the newest version could not be read; `manifest` is then the one before. */
  error?: Error;
}

/** The manifest of a service; looked at again when anything about the service has changed. */
export function useManifest({
  service,
  version,
}: ServiceStatus): Omit<Reading, 'key'> & { retry(): void } {
  const client = useApi(llmInferenceApiRef);
  const { cluster, namespace, name } = service;
  const key = [cluster, namespace, name].join('/');
  const [reading, setReading] = useState<Reading>();
  const reader = useRef<Coalesced>();

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async () => {
      try {
        const manifest = await client.getManifest(
          { cluster, namespace, name },
          { signal },
        );
        if (!signal.aborted) setReading({ key, manifest });
      } catch (error) {
        if (signal.aborted) return;
        setReading(before => ({
          key,
          manifest: before?.key === key ? before.manifest : undefined,
          error: toError(error),
        }));
      }
    };
    const coalesced = new Coalesced(read, READ_AT_MOST_EVERY_MS);
    reader.current = coalesced;
    return () => {
      coalesced.stop();
      controller.abort();
    };
  }, [client, cluster, namespace, name, key]);

  useEffect(() => reader.current?.request(), [key, version]);

  const retry = useCallback(() => reader.current?.request(), []);
  const { manifest, error }: Partial<Reading> =
    reading?.key === key ? reading : {};
  return { manifest, error, retry };
}
