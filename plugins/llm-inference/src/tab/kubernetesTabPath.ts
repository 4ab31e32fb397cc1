import type { Entity } from '@backstage/catalog-model';
import { entityRouteParams } from '@backstage/plugin-catalog-react';

type EntityRoute = (params: ReturnType<typeof entityRouteParams>) => string;

/** The path of the entity's Kubernetes tab, where the entity is annotated for it. */
export function kubernetesTabPath(
  entity: Entity,
  entityRoute: EntityRoute,
): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  return 'backstage.io/kubernetes-id' in annotations ||
    'backstage.io/kubernetes-label-selector' in annotations
    ? `${entityRoute(entityRouteParams(entity))}/kubernetes`
    : undefined;
}
