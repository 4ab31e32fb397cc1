import { useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { ChangeLimits } from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { readChangeLimits } from './readChangeLimits';

/** What a change of the service of a form is held to; empty until that is known. */
export function useChangeLimits(formData: unknown): ChangeLimits {
  const catalog = useApi(catalogApiRef);
  const client = useApi(llmInferenceApiRef);
  const fetchApi = useApi(fetchApiRef);
  const entityRef = (formData as { entityRef?: unknown } | undefined)
    ?.entityRef;
  const [limits, setLimits] = useState<ChangeLimits>({});
  useEffect(() => {
    let gone = false;
    if (typeof entityRef === 'string') {
      readChangeLimits(entityRef, { catalog, client, fetchApi }).then(read => {
        if (!gone) setLimits(read);
      });
    }
    return () => {
      gone = true;
    };
  }, [entityRef, catalog, client, fetchApi]);
  return limits;
}
