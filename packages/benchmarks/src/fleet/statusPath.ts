import { parseEntityRef } from '@backstage/catalog-model';
import type { FleetService } from './FleetSize';

/** Path of the status of a service's entity. */
export function statusPath({ entityRef }: FleetService): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/api/llm-inference/v1/entities/${kind}/${namespace}/${name}/status`;
}
