import { toError } from '@backstage/errors';
import type { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  trafficNow,
  type EntityStatus,
  type ServiceRef,
  type ServingHealth,
  type Traffic,
  type TrafficUnknown,
} from 'backstage-plugin-llm-inference-common';
import type { LlmInferenceApi } from '../../api/llmInferenceApiRef';

/** What a person must know of a service before taking it away. */
export interface Impact {
  /** One per cluster that has it. */
  services: ServiceUse[];
  /** Why `services` is empty: what failed, or a reason of the status. */
  unseen?: NonNullable<EntityStatus['reason']> | Error;
  /** Entities that say they use it. */
  consumers: string[];
}

/** One service, and what it does at the moment. */
export interface ServiceUse {
  service: ServiceRef;
  /** How it serves, in a word and in a sentence. */
  health: Pick<ServingHealth, 'verdict' | 'summary' | 'summaryParts'>;
  traffic: Traffic | TrafficUnknown | { failed: Error };
}

type CatalogApi = typeof catalogApiRef.T;

/** Reads how a service is used. Rejects only where the catalog cannot be read. */
export async function readImpact(
  entityRef: string,
  catalog: CatalogApi,
  client: LlmInferenceApi,
): Promise<Impact> {
  const [consumers, use] = await Promise.all([
    consumersOf(entityRef, catalog),
    readUse(entityRef, client),
  ]);
  return { consumers, ...use };
}

async function readUse(
  entityRef: string,
  client: LlmInferenceApi,
): Promise<Pick<Impact, 'services' | 'unseen'>> {
  try {
    const { services, reason } = await client.getEntityStatus(entityRef);
    return {
      unseen: services.length ? undefined : reason ?? 'NotFound',
      services: await Promise.all(
        services.map(async ({ service, health }) => ({
          service,
          health,
          traffic: await client
            .getMetrics(service)
            .then(trafficNow, (error: Error) => ({ failed: error })),
        })),
      ),
    };
  } catch (error) {
    return { services: [], unseen: toError(error) };
  }
}

async function consumersOf(
  entityRef: string,
  catalog: CatalogApi,
): Promise<string[]> {
  const entity = await catalog.getEntityByRef(entityRef);
  const related = (types: string[], of = entity) =>
    (of?.relations ?? [])
      .filter(({ type }) => types.includes(type))
      .map(({ targetRef }) => targetRef);
  const apis = await Promise.all(
    related(['providesApi']).map(ref => catalog.getEntityByRef(ref)),
  );
  return [
    ...new Set([
      ...related(['dependencyOf']),
      ...apis.flatMap(api => related(['apiConsumedBy', 'dependencyOf'], api)),
    ]),
  ].sort();
}
