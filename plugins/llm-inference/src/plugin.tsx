import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRobot2Line } from '@remixicon/react';
import { clientApi, liveStatusApi } from './extensions/apis';
import { servingCard } from './extensions/entityCards';

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
  extensions: [clientApi, liveStatusApi, servingCard],
});
