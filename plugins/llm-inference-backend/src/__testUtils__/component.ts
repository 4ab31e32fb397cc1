import type { Entity } from '@backstage/catalog-model';

/** A component of the group `ml` that names a service (`<namespace>/<name>`). */
export function component(
  name: string,
  service: string,
  cluster?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'serving.kserve.io/llm-inference-service': service,
        ...(cluster ? { 'backstage.io/kubernetes-cluster': cluster } : {}),
      },
    },
    spec: { type: 'model-server', lifecycle: 'production', owner: 'ml' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ml' }],
  };
}
