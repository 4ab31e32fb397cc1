import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  parseServicesChanged,
  SERVICES_CHANGED_TOPIC,
} from 'backstage-plugin-llm-inference-node';
import { Claims } from './Claims';
import { LlmInferenceEntityProvider } from './LlmInferenceEntityProvider';
import { readProviderConfig } from './ProviderConfig';
import { ServicesClient } from './ServicesClient';

/**
 * Makes the LLMInferenceServices of the watched clusters entities of the catalog. Needs the `llm-inference`
 * backend plugin.
 *
 * @public
 */
export const catalogModuleLlmInference = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'llm-inference',
  register({ registerInit }) {
    registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config: root,
        discovery,
        events,
        logger,
        processing,
        scheduler,
      }) {
        const config = readProviderConfig(root);
        const provider = new LlmInferenceEntityProvider({
          claims: new Claims({ auth, catalog }),
          client: new ServicesClient({ auth, discovery }),
          config,
          logger: logger.child({ provider: 'llm-inference' }),
          schedule: scheduler.createScheduledTaskRunner(config.schedule),
        });
        processing.addEntityProvider(provider);
        await events.subscribe({
          id: 'catalog-llm-inference',
          topics: [SERVICES_CHANGED_TOPIC],
          onEvent: async ({ eventPayload }) =>
            provider.apply(parseServicesChanged(eventPayload)),
        });
      },
    });
  },
});
