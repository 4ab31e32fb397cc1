import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  CLUSTER_ANNOTATION,
  SERVICE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import type { FleetService } from '../FleetSize';

const LOCATION = 'benchmark:fleet';

/** Gives the catalog one entity per service, as the template writes it. */
export function entitiesModule(services: readonly FleetService[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'benchmark-entities',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'benchmark-fleet',
            async connect(connection) {
              await connection.applyMutation({
                type: 'full',
                entities: services.map(service => ({
                  entity: entityOf(service),
                  locationKey: LOCATION,
                })),
              });
            },
          });
        },
      });
    },
  });
}

/** The entity that names a service of the fleet, for our plugin and for the Kubernetes plugin alike. */
export function entityOf(service: FleetService): Entity {
  const { kind, namespace, name } = parseEntityRef(service.entityRef);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind === 'component' ? 'Component' : kind,
    metadata: {
      name,
      namespace,
      annotations: {
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
        [SERVICE_ANNOTATION]: `${service.namespace}/${service.name}`,
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/part-of=llminferenceservice,app.kubernetes.io/name=${service.name}`,
        'backstage.io/kubernetes-namespace': service.namespace,
        [CLUSTER_ANNOTATION]: service.cluster,
      },
    },
    spec: {
      type: 'model-server',
      lifecycle: 'production',
      owner: 'group:default/ml-platform',
    },
  };
}
