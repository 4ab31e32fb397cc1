import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';

/** An entity that names a service. */
export function serviceEntity(
  name: string,
  annotations: Record<string, string> = {
    [SERVICE_ANNOTATION]: `llm-demo/${name}`,
  },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'model-server', owner: 'group:default/search-team' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/search-team' }],
  };
}

/** An entity that names a service and comes from a file in Git. */
export function serviceInGit(name: string): Entity {
  return serviceEntity(name, {
    [SERVICE_ANNOTATION]: `llm-demo/${name}`,
    [ANNOTATION_LOCATION]: `url:https://github.com/platform/llm-gitops/blob/main/services/${name}/catalog-info.yaml`,
  });
}

/** The template that changes a service. */
export const changeTemplate: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'change-pd-service', namespace: 'default' },
};

/** The model that those components depend on. */
export function modelEntity(dependents: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'qwen2-7b', namespace: 'default' },
    spec: { type: 'ai-model', owner: 'group:default/ml-platform' },
    relations: dependents.map(name => ({
      type: 'dependencyOf',
      targetRef: `component:default/${name}`,
    })),
  };
}
