import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  PoolHealth,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';

/** What the form of the template that changes a service starts with: what is so now. */
export function changeForm(entity: Entity, { health }: ServiceStatus) {
  const { prefill, decode } = health.pools;
  return {
    entityRef: stringifyEntityRef(entity),
    prefillReplicas: replicas(prefill),
    decodeReplicas: replicas(decode),
  };
}

/** The form knows no pool without replicas; there the field is left empty, which changes nothing. */
function replicas(pool: PoolHealth | undefined): number | undefined {
  return pool?.desired || undefined;
}
