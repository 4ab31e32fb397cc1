import { useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceRef,
  VerifyPdResult,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';

/** How far a verification is. */
export type Verification =
  | { state: 'asking' }
  | { state: 'running'; startedAt: number }
  | { state: 'done'; result: VerifyPdResult }
  | { state: 'failed'; error: Error };

/** Verifies a service on request; whoever turns away does not wait for the answer any longer. */
export function useVerifyPd(service: ServiceRef): {
  verification: Verification;
  run(): void;
} {
  const client = useApi(llmInferenceApiRef);
  const [verification, setVerification] = useState<Verification>({
    state: 'asking',
  });
  const controller = useRef<AbortController>();

  useEffect(() => () => controller.current?.abort(), []);

  return {
    verification,
    run() {
      const { signal } = (controller.current = new AbortController());
      setVerification({ state: 'running', startedAt: Date.now() });
      client.verifyPd(service, { signal }).then(
        result => !signal.aborted && setVerification({ state: 'done', result }),
        error =>
          !signal.aborted &&
          setVerification({ state: 'failed', error: toError(error) }),
      );
    },
  };
}
