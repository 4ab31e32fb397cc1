import { useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';
import { loadProfiles } from './loadProfiles';

/** The profiles on offer: still loading, failed, or there. */
export type Profiles =
  | { state: 'loading' }
  | { state: 'failed'; error: Error }
  | { state: 'loaded'; profiles: OfferedProfile[] };

/** Reads the profiles once; the fields of a form share the answer. */
export function useProfiles(): Profiles {
  const fetchApi = useApi(fetchApiRef);
  const [profiles, setProfiles] = useState<Profiles>({ state: 'loading' });
  useEffect(() => {
    let gone = false;
    loadProfiles(fetchApi).then(
      loaded => {
        if (!gone) setProfiles({ state: 'loaded', profiles: loaded });
      },
      (error: Error) => {
        if (!gone) setProfiles({ state: 'failed', error });
      },
    );
    return () => {
      gone = true;
    };
  }, [fetchApi]);
  return profiles;
}

/** The profile that a form has chosen so far. */
export function useChosenProfile(
  formData: unknown,
): OfferedProfile | undefined {
  const profiles = useProfiles();
  const chosen = (formData as { profile?: unknown } | undefined)?.profile;
  return profiles.state === 'loaded'
    ? profiles.profiles.find(({ name }) => name === chosen)
    : undefined;
}
