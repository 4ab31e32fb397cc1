import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { BackstageUserPrincipal } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import type { EntityProvider } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import llmInferencePlugin from 'backstage-plugin-llm-inference-backend';
import { createClusterStore, createKubernetesApi, SandboxClock } from 'sandbox';
import type { KubernetesApi } from 'sandbox';
import { eventually } from './__testUtils__/eventually';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

/** Lets everybody read what they own: a decision that only the catalog can make, per entity. */
const ownersOnly: PermissionPolicy = {
  async handle({ permission }, user) {
    if (permission.name === 'llm-inference.fleet.read') {
      return { result: AuthorizeResult.DENY };
    }
    if (
      permission.name.startsWith('llm-inference.') &&
      isResourcePermission(permission, 'catalog-entity')
    ) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      );
    }
    return { result: AuthorizeResult.ALLOW };
  },
};

/**
 * Mock tokens, with what real ones have besides: that a plugin asks on behalf of a user. The permission framework
 * answers conditional questions to plugins only.
 */
const onBehalfOfUsers = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const auth = mockServices.auth({ pluginId: plugin.getId() });
    const authenticate = auth.authenticate.bind(auth);
    auth.authenticate = async (token, options) => {
      const credentials = await authenticate(token, options);
      const { principal } = credentials;
      const direct = token.startsWith(mockCredentials.user.token());
      return !direct && auth.isPrincipal(credentials, 'user')
        ? mockCredentials.user(
            (principal as BackstageUserPrincipal).userEntityRef,
            { actor: { subject: 'plugin:test' } },
          )
        : credentials;
    };
    return auth;
  },
});

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-only',
  register({ registerInit }) {
    registerInit({
      deps: { policy: policyExtensionPoint },
      init: async ({ policy }) => policy.setPolicy(ownersOnly),
    });
  },
});

const component = (name: string, owner: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': 'test:catalog',
      'backstage.io/managed-by-origin-location': 'test:catalog',
      'serving.kserve.io/llm-inference-service': `llm/${name}`,
    },
  },
  spec: { type: 'model-server', lifecycle: 'production', owner },
});

const entityProvider: EntityProvider = {
  getProviderName: () => 'test',
  connect: connection =>
    connection.applyMutation({
      type: 'full',
      entities: [component('hers', ADA), component('his', BOB)].map(entity => ({
        entity,
        locationKey: 'test',
      })),
    }),
};

const entitiesModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'entities',
  register({ registerInit }) {
    registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      init: async ({ catalog }) => catalog.addEntityProvider(entityProvider),
    });
  },
});

describe('a policy with conditions on entities', () => {
  const clock = new SandboxClock();
  let api: KubernetesApi;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    const store = createClusterStore('gpu-east', { clock });
    store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'llm' },
    });
    for (const name of ['hers', 'his']) {
      store.create('llminferenceservices.serving.kserve.io', {
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        metadata: {
          name,
          namespace: 'llm',
          annotations: {
            'backstage.io/entity-ref': `component:default/${name}`,
          },
        },
        spec: { model: { uri: 'hf://Qwen/Qwen3-8B', name } },
      });
    }
    api = await createKubernetesApi({ stores: [store] });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        entitiesModule,
        permissionPlugin,
        policyModule,
        onBehalfOfUsers,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        llmInferencePlugin,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            llmInference: { logs: { enabled: true } },
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'gpu-east',
                      url: api.cluster('gpu-east').url,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: 'let-me-in',
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
  });

  const catalogAnswer = async (name: string) =>
    (
      await fetch(
        `http://localhost:${backend.server.port()}/api/catalog/entities/by-name/component/default/${name}`,
        { headers: { authorization: mockCredentials.user.header(ADA) } },
      )
    ).status;

  // What is not in the catalog yet would be remembered as not there.
  beforeAll(async () => {
    await eventually(
      () => Promise.all(['hers', 'his'].map(catalogAnswer)),
      answers => answers.every(status => status === 200),
    );
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
    clock.stop();
  });

  async function get(path: string, user: string) {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/llm-inference${path}`,
      { headers: { authorization: mockCredentials.user.header(user) } },
    );
    return { status: response.status, body: await response.json() };
  }

  const names = async (user: string) =>
    (await get('/v1/services', user)).body.items?.map(
      ({ service }: { service: { name: string } }) => service.name,
    );

  it.each([
    [ADA, 'hers', 'his'],
    [BOB, 'his', 'hers'],
  ])(
    'shows %s what is theirs and hides the rest',
    async (user, own, foreign) => {
      expect(
        await eventually(
          () => names(user),
          shown => shown?.length > 0,
        ),
      ).toEqual([own]);
      const status = (name: string) =>
        get(`/v1/entities/component/default/${name}/status`, user);
      expect(await status(own)).toMatchObject({
        status: 200,
        body: { services: [{ service: { name: own }, binding: 'Verified' }] },
      });
      // The entity may be seen in the catalog, its status may not be read.
      expect((await status(foreign)).status).toBe(403);
      const service = await get(`/v1/services/gpu-east/llm/${foreign}`, user);
      expect(service.status).toBe(404);
      const stream = await get(
        `/v1/stream?entityRef=component:default/${foreign}`,
        user,
      );
      expect(stream.status).toBe(403);
    },
  );

  it('applies conditions to logs as well', async () => {
    const log = (name: string) =>
      get(
        `/v1/services/gpu-east/llm/${name}/pods/none/log?container=main`,
        ADA,
      );
    // Allowed, but there is no such pod.
    const own = await log('hers');
    expect([own.status, own.body.error.message]).toEqual([
      404,
      expect.stringContaining('none'),
    ]);
    expect((await log('his')).status).toBe(404);
  });
});
