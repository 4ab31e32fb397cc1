import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { parseProfiles } from 'backstage-plugin-llm-inference-common';

import { createGenerateAction } from './actions/createGenerateAction';
import { createPlanAction } from './actions/createPlanAction';
import { createRetireAction } from './actions/createRetireAction';
import { createUpdateAction } from './actions/createUpdateAction';
import { createValidateAction } from './actions/createValidateAction';
import { createWaitForHealthAction } from './actions/createWaitForHealthAction';
import { ModelNumbers } from './planner/ModelNumbers';
import { OwnerCheck } from './planner/OwnerCheck';
import { ServicePlanner } from './planner/ServicePlanner';
import { ServiceSources } from './planner/ServiceSource';
import { ServiceStatuses } from './planner/ServiceStatuses';
import { TakenNames } from './planner/TakenNames';

/**
 * Adds the `llm-inference:*` actions to the scaffolder. A profile in `llmInference.profiles` that cannot work
 * stops the start with the key that is wrong.
 *
 * @public
 */
export const scaffolderModuleLlmInference = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'llm-inference',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scaffolder: scaffolderActionsExtensionPoint,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        logger,
        scaffolder,
        urlReader,
        userInfo,
      }) {
        const profiles = parseProfiles(
          config.getOptional('llmInference.profiles'),
        );
        const statuses = new ServiceStatuses({ auth, discovery });
        const models = new ModelNumbers({ statuses });
        const planner = new ServicePlanner({
          profiles,
          owners: new OwnerCheck({ auth, userInfo }),
          names: new TakenNames({
            catalog,
            logger,
            statuses,
            urlReader,
          }),
        });
        const sources = new ServiceSources({
          auth,
          catalog,
          profiles,
          urlReader,
          userInfo,
        });
        scaffolder.addActions(
          createPlanAction({ models, planner }),
          createGenerateAction({ models, planner }),
          createValidateAction({ statuses }),
          createUpdateAction({ sources }),
          createRetireAction({ sources, statuses }),
          createWaitForHealthAction({ statuses }),
        );
      },
    });
  },
});
