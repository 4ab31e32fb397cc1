import type { CatalogApi } from '@backstage/plugin-catalog-react';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  PROFILE_ANNOTATION,
  type ChangeLimits,
  type PoolHealth,
  type PoolSize,
} from 'backstage-plugin-llm-inference-common';
import type { LlmInferenceApi } from '../../api/llmInferenceApiRef';
import { loadProfiles } from '../profiles/loadProfiles';

/** What the form has to ask to know what a change may be. */
export interface ChangeSources {
  catalog: CatalogApi;
  client: LlmInferenceApi;
  fetchApi: FetchApi;
}

/**
 * What a change of the service of an entity is held to. What cannot be read here is left out: the action reads it
 * again before it writes anything.
 */
export async function readChangeLimits(
  entityRef: string,
  { catalog, client, fetchApi }: ChangeSources,
): Promise<ChangeLimits> {
  const [entity, profiles, now] = await Promise.all([
    catalog.getEntityByRef(entityRef).catch(() => undefined),
    loadProfiles(fetchApi).catch(() => []),
    readSizes(entityRef, client).catch(() => undefined),
  ]);
  const named = entity?.metadata.annotations?.[PROFILE_ANNOTATION];
  return { now, profile: profiles.find(({ name }) => name === named) };
}

async function readSizes(
  entityRef: string,
  client: LlmInferenceApi,
): Promise<ChangeLimits['now']> {
  const { services } = await client.getEntityStatus(entityRef);
  const pools = services[0]?.health.pools;
  const decode = sizeOf(pools?.decode);
  const prefill = sizeOf(pools?.prefill);
  return decode && prefill && { decode, prefill };
}

/** Undefined where the pool has no pod to count the GPUs of. */
function sizeOf(pool: PoolHealth | undefined): PoolSize | undefined {
  if (!pool?.desired || pool.pods.length === 0) return undefined;
  const { topology, pods, desired } = pool;
  const replica =
    topology === 'MultiNode'
      ? pods.filter(({ group }) => group === pods[0].group)
      : pods.slice(0, 1);
  return {
    replicas: desired,
    gpusPerReplica: replica.reduce((sum, { gpu = 0 }) => sum + gpu, 0),
  };
}
