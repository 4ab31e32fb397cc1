import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRobot2Line } from '@remixicon/react';
import { clientApi, liveStatusApi } from './extensions/apis';
import {
  modelServicesCard,
  servingCard,
  systemServicesCard,
} from './extensions/entityCards';
import { servingContent } from './extensions/entityContents';
import { needsAttentionWidget } from './extensions/homePageWidgets';
import { fleetPage } from './extensions/pages';
import { fleetRouteRef, templateRouteRef } from './routes';
import { formFieldExtensions } from './scaffolder/module';

/**
 * The llm-inference plugin for the new frontend system.
 *
 * @public
 */
export const llmInferencePlugin = createFrontendPlugin({
  pluginId: 'llm-inference',
  title: 'LLM services',
  icon: <RiRobot2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { fleet: fleetRouteRef },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    clientApi,
    liveStatusApi,
    servingCard,
    servingContent,
    modelServicesCard,
    systemServicesCard,
    needsAttentionWidget,
    fleetPage,
    ...formFieldExtensions,
  ],
});
