import { json } from 'node:stream/consumers';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  scaffolderActionsExtensionPoint,
  type ScaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

import scaffolderModule from '../index';
import { PROFILES } from './profiles';

type Action = Parameters<ScaffolderActionsExtensionPoint['addActions']>[number];

/** The world around the actions of a test. */
export interface World {
  entities?: Entity[];
  /** The Location by which the catalog has the entities' address registered; it found them by itself if absent. */
  registered?: string;
  /** Files of the GitOps repository by path. */
  repository?: Record<string, string>;
  /** Groups of the person who starts the task. */
  ownership?: string[];
  profiles?: unknown;
  /** What the llm-inference backend answers, one after the other; the last one stays. */
  statuses?: unknown[];
  /** Numbers that the llm-inference backend reads of models, by URI. */
  models?: Record<string, object>;
  /** What was measured of the service. */
  metrics?: object;
  /** What the cluster says to a dry run of a list of services. */
  dryRun?: (asked: { cluster?: string; manifests?: string }) => unknown[];
}

/** Starts the module in a real backend and returns the actions it registers. */
export async function startActions(world: World = {}) {
  const actions = new Map<string, Action>();
  const { repository = {} } = world;
  const file = (path: string) => ({
    path,
    content: async () => Buffer.from(repository[path]),
  });
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
      llmInferenceBackend(world),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () =>
          Object.assign(
            catalogServiceMock({ entities: world.entities ?? [] }),
            {
              getLocationByEntity: async () =>
                world.registered && { entityRef: world.registered },
            },
          ) as unknown as CatalogService,
      }),
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
          return { buffer: () => file(path).content() };
        },
        readTree: async url => {
          const [, asked] = /\/tree\/main\/(.*)$/.exec(url) ?? [];
          // The root of a repository has no name.
          const folder = asked ? `${asked}/` : '';
          const files = Object.keys(repository)
            .filter(path => path.startsWith(folder))
            .map(path => ({ ...file(path), path: path.slice(folder.length) }));
          return { files: async () => files } as never;
        },
      }).factory,
    ],
  });
  return { actions, stop: () => backend.stop() };
}

/** The backend plugin, as far as the actions ask it: over real HTTP. */
function llmInferenceBackend({ dryRun, models = {}, ...world }: World) {
  const statuses = [...(world.statuses ?? [])];
  return createBackendPlugin({
    pluginId: 'llm-inference',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use(async (request, response) => {
            if (request.path === '/v1/manifests/validate' && dryRun) {
              const asked = await json(request);
              response.json({ findings: [], dryRun: dryRun(asked as object) });
              return;
            }
            const architecture = models[String(request.query.uri)];
            if (request.path === '/v1/models/architecture' && architecture) {
              response.json({ architecture });
              return;
            }
            if (request.path.endsWith('/metrics') && world.metrics) {
              response.json(world.metrics);
              return;
            }
            const isStatus = request.path.startsWith('/v1/entities/');
            const answer = statuses.length > 1 ? statuses.shift() : statuses[0];
            if (isStatus && answer) response.json(answer);
            else response.status(404).json({ error: { message: 'not found' } });
          });
        },
      });
    },
  });
}

/** Runs one action in a world of its own and returns what it put out. */
export async function runAction(
  id: string,
  options: {
    input: object;
    workspacePath: string;
    world?: World;
    dryRun?: boolean;
  },
): Promise<Record<string, unknown>> {
  const { actions, stop } = await startActions(options.world);
  const output: Record<string, unknown> = {};
  const context = {
    ...createMockActionContext({
      input: options.input as never,
      workspacePath: options.workspacePath,
      isDryRun: options.dryRun,
    }),
    output: (key: string, value: unknown) => {
      output[key] = value;
    },
  };
  try {
    await actions.get(id)!.handler(context as never);
  } finally {
    await stop();
  }
  return output;
}
