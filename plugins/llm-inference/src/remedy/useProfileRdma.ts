import { useEffect, useState } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  CauseId,
  PROFILE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import { loadProfiles } from '../scaffolder/profiles/loadProfiles';

/** Causes whose remedy may be what the profile says. */
const ABOUT_RDMA: readonly CauseId[] = [
  'insufficient-rdma',
  'rdma-not-requested',
  'extended-resource-invalid',
];

/** The RDMA resource of the profile that a service was made from, where a cause is about RDMA. */
export function useProfileRdma(
  entity: Entity,
  cause: CauseId,
): string | undefined {
  const fetchApi = useApi(fetchApiRef);
  const [resource, setResource] = useState<string>();
  const profile = ABOUT_RDMA.includes(cause)
    ? entity.metadata.annotations?.[PROFILE_ANNOTATION]
    : undefined;

  useEffect(() => {
    let gone = false;
    setResource(undefined);
    if (profile) {
      loadProfiles(fetchApi).then(
        profiles => {
          const fabric = profiles.find(({ name }) => name === profile)?.fabric;
          if (!gone && fabric && 'resource' in fabric) {
            setResource(fabric.resource);
          }
        },
        // Without the profiles there is one remedy less to offer, and the cause says in words what to do.
        () => undefined,
      );
    }
    return () => {
      gone = true;
    };
  }, [fetchApi, profile]);

  return resource;
}
