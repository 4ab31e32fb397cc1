import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';

/** The template that changes a service, and what its form starts with. */
export function changeForm(entity: Entity, { service, health }: ServiceStatus) {
  const { prefill, decode } = health.pools;
  return {
    template: { namespace: 'default', templateName: 'change-pd-service' },
    formData: {
      entityRef: stringifyEntityRef(entity),
      name: service.name,
      cluster: service.cluster,
      prefillReplicas: prefill?.desired ?? undefined,
      decodeReplicas: decode?.desired ?? undefined,
    },
  };
}
