import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { parseProfiles } from 'backstage-plugin-llm-inference-common';

import { createGenerateAction } from './actions/createGenerateAction';
import { createPlanAction } from './actions/createPlanAction';
import { OwnerCheck } from './planner/OwnerCheck';
import { ServicePlanner } from './planner/ServicePlanner';
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
        const planner = new ServicePlanner({
          profiles: parseProfiles(config.getOptional('llmInference.profiles')),
          owners: new OwnerCheck({ auth, userInfo }),
          names: new TakenNames({
            auth,
            catalog,
            discovery,
            logger,
            urlReader,
          }),
        });
        scaffolder.addActions(
          createPlanAction({ planner }),
          createGenerateAction({ planner }),
        );
      },
    });
  },
});
