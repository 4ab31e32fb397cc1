import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { llmInferencePermissions } from 'backstage-plugin-llm-inference-common';
import { llmInferenceClustersExtensionPoint } from 'backstage-plugin-llm-inference-node';
import type { ClusterSupplier } from 'backstage-plugin-llm-inference-node';
import { createBackend } from './createBackend';

/**
 * Watches the clusters of the portal and serves the health of their LLMInferenceServices.
 *
 * @public
 */
export const llmInferencePlugin = createBackendPlugin({
  pluginId: 'llm-inference',
  register(env) {
    const suppliers: ClusterSupplier[] = [];
    env.registerExtensionPoint(llmInferenceClustersExtensionPoint, {
      addClusterSupplier: supplier => suppliers.push(supplier),
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        tracing: tracingServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({
        httpRouter,
        lifecycle,
        permissionsRegistry,
        rootLifecycle,
        ...services
      }) {
        permissionsRegistry.addPermissions(llmInferencePermissions);
        const backend = createBackend({ ...services, suppliers });
        httpRouter.use(backend.router);
        lifecycle.addStartupHook(backend.start);
        rootLifecycle.addBeforeShutdownHook(backend.handOver);
        lifecycle.addShutdownHook(backend.stop);
      },
    });
  },
});
