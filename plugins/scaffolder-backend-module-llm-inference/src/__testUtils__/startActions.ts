import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  scaffolderActionsExtensionPoint,
  type ScaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

import scaffolderModule from '../index';
import { PROFILES } from './profiles';

type Action = Parameters<ScaffolderActionsExtensionPoint['addActions']>[number];

/**
 * Starts the module in a real backend and returns the actions it registers. The world around is a catalog with
 * the given entities, a repository with the given files, and a user with the given groups.
 */
export async function startActions(
  world: {
    entities?: Entity[];
    repository?: Record<string, string>;
    ownership?: string[];
    profiles?: unknown;
  } = {},
) {
  const actions = new Map<string, Action>();
  const { repository = {} } = world;
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        {
          addActions: (...added) =>
            added.forEach(action => actions.set(action.id, action)),
        },
      ],
    ],
    features: [
      scaffolderModule,
      catalogServiceMock.factory({ entities: world.entities ?? [] }),
      mockServices.rootConfig.factory({
        data: { llmInference: { profiles: world.profiles ?? PROFILES } },
      }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: world.ownership ?? ['group:default/ml-platform'],
        }),
      }).factory,
      mockServices.urlReader.mock({
        readUrl: async url => {
          const path = url.split('/blob/main/')[1];
          if (!Object.hasOwn(repository, path)) {
            throw new NotFoundError(`no ${path}`);
          }
          return { buffer: async () => Buffer.from(repository[path]) };
        },
      }).factory,
    ],
  });
  return { actions, stop: () => backend.stop() };
}
