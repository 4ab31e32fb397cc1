import { setTimeout as delay } from 'node:timers/promises';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { RootHealthService } from '@backstage/backend-plugin-api';
import { tracingServiceMock } from '@backstage/backend-test-utils/alpha';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { component } from './__testUtils__/component';
import { eventually } from './__testUtils__/eventually';
import { FakeKubernetes } from './__testUtils__/FakeKubernetes';
import { llmService, pod } from './__testUtils__/objects';
import { startPortal } from './__testUtils__/startPortal';
import type { Portal, PortalOptions } from './__testUtils__/startPortal';

const QWEN = 'component:default/qwen';
const STATUS = '/v1/entities/component/default/qwen/status';

describe('llm-inference backend', () => {
  let east: FakeKubernetes;
  let west: FakeKubernetes;
  let portal: Portal | undefined;

  beforeEach(async () => {
    east = await FakeKubernetes.start();
    west = await FakeKubernetes.start();
  });

  afterEach(async () => {
    await portal?.stop();
    portal = undefined;
    await east.stop();
    await west.stop();
  });

  async function start(
    entities = [component('qwen', 'llm/qwen')],
    options: Partial<PortalOptions> = {},
  ) {
    portal = await startPortal({
      clusters: { 'gpu-east': east, 'gpu-west': west },
      entities,
      ...options,
    });
    return portal;
  }

  /** Holds on to the health of the backend, which is asked for before it is ready. */
  function healthOf() {
    const held: { health?: RootHealthService } = {};
    const feature = createBackendModule({
      pluginId: 'llm-inference',
      moduleId: 'health',
      register({ registerInit }) {
        registerInit({
          deps: { health: coreServices.rootHealth },
          init: async ({ health }) => {
            held.health = health;
          },
        });
      },
    });
    const readiness = async () => (await held.health?.getReadiness())?.status;
    return { features: [rootHealthServiceFactory, feature], readiness };
  }

  it('reports itself ready only once the clusters are read', async () => {
    east.put(llmService('qwen', { entityRef: QWEN }));
    west.fault = () => 'hang';
    const { features, readiness } = healthOf();
    let ready = false;
    const starting = start(undefined, {
      features,
      llmInference: { watch: { startupSeconds: 60 } },
    }).then(() => {
      ready = true;
    });
    await eventually(
      () => east.requests.length,
      requests => requests >= 10,
    );
    await delay(200);
    expect([ready, await readiness()]).toEqual([false, 503]);
    west.fault = () => undefined;
    await west.stop();
    await west.listen();
    await starting;
    expect(await readiness()).toBe(200);
    expect((await portal!.get('/v1/services')).body.total).toBe(1);
  });

  it('waits only so long for a cluster that hangs', async () => {
    west.fault = () => 'hang';
    const { features, readiness } = healthOf();
    await start(undefined, {
      features,
      llmInference: { watch: { startupSeconds: 1 } },
    });
    expect(await readiness()).toBe(200);
    const { body } = await portal!.get('/v1/clusters');
    expect(body.items).toMatchObject([
      { name: 'gpu-east', state: 'Live' },
      { name: 'gpu-west', state: 'Syncing' },
    ]);
  });

  it('traces each reading of a list and each round of judging', async () => {
    east.put(llmService('qwen', { entityRef: QWEN }));
    const tracing = tracingServiceMock.mock();
    /** Name, what it is about, and what was counted meanwhile. */
    const traced = () =>
      tracing.spans.map((span, index) => [
        ...tracing.startActiveSpan.mock.calls[index].slice(0, 2),
        Object.fromEntries(span.setAttribute.mock.calls),
      ]);
    const { get } = await start(undefined, { features: [tracing.factory] });
    await eventually(
      () => get(STATUS),
      ({ body }) => body.services?.length === 1,
    );
    expect(traced()).toContainEqual([
      'llm-inference.sync',
      {
        attributes: { cluster: 'gpu-east', resource: 'llminferenceservices' },
      },
      { objects: 1, pages: 1 },
    ]);
    expect(traced()).toContainEqual([
      'llm-inference.assess',
      { attributes: {} },
      { services: 1 },
    ]);
  });

  it('reports both pools of the service behind an entity, and a change of them', async () => {
    east.put(
      llmService('qwen', { entityRef: QWEN }),
      pod('qwen', 'decode', 0),
      pod('qwen', 'prefill', 0),
      pod('qwen', 'prefill', 1, { ready: false }),
    );
    const { get } = await start();
    const read = async () => (await get(STATUS)).body;

    const status = await eventually(read, body => body.services?.length === 1);
    expect(status).toMatchObject({
      entityRef: QWEN,
      services: [
        {
          service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
          binding: 'Verified',
          apiVersion: 'v1alpha2',
          freshness: { state: 'Live' },
          health: {
            disaggregated: true,
            pools: {
              decode: { desired: 1, ready: 1 },
              prefill: { desired: 2, ready: 1 },
            },
          },
        },
      ],
    });
    expect(east.requests[0].authorization).toBe('Bearer let-me-in');

    east.put(pod('qwen', 'prefill', 1));
    await eventually(
      read,
      body => body.services[0].health.pools.prefill.ready === 2,
    );
  });

  it('puts the same service in several clusters under one entity, unless the entity names the cluster', async () => {
    east.put(llmService('qwen', { entityRef: QWEN }));
    west.put(llmService('qwen', { entityRef: QWEN }));
    const { get } = await start([
      component('qwen', 'llm/qwen'),
      component('qwen-west', 'llm/qwen', 'gpu-west'),
    ]);
    const { body } = await eventually(
      () => get(STATUS),
      answer => answer.body.services?.length === 2,
    );
    expect(
      body.services.map(
        ({ service }: { service: { cluster: string } }) => service.cluster,
      ),
    ).toEqual(['gpu-east', 'gpu-west']);
    const other = await get('/v1/entities/component/default/qwen-west/status');
    expect(other.body.services).toEqual([]);
  });

  it('puts the worst of several clusters first, and moves it when that changes', async () => {
    const put = (cluster: FakeKubernetes, stopped: boolean) => {
      const qwen = llmService('qwen');
      const annotations = {
        'backstage.io/entity-ref': QWEN,
        'serving.kserve.io/stop': String(stopped),
      };
      cluster.put({ ...qwen, metadata: { ...qwen.metadata, annotations } });
    };
    const { get } = await start();
    /** The clusters in order, once the service is stopped in this one alone. */
    const orderOnceStopped = async (cluster: string) => {
      const { body } = await eventually(
        () => get(STATUS),
        answer =>
          answer.body.services?.length === 2 &&
          answer.body.services.every(
            (one: ServiceStatus) =>
              (one.health.verdict === 'Stopped') ===
              (one.service.cluster === cluster),
          ),
      );
      return body.services.map((one: ServiceStatus) => one.service.cluster);
    };

    put(east, true);
    put(west, false);
    expect(await orderOnceStopped('gpu-east')).toEqual([
      'gpu-west',
      'gpu-east',
    ]);
    put(east, false);
    put(west, true);
    expect(await orderOnceStopped('gpu-west')).toEqual([
      'gpu-east',
      'gpu-west',
    ]);
  });

  it('asks no cluster anything for a view', async () => {
    east.put(llmService('qwen', { entityRef: QWEN }));
    const { get } = await start();
    await eventually(
      () => get(STATUS),
      ({ body }) => body.services?.length === 1,
    );
    const before = east.requests.length;
    for (let i = 0; i < 20; i += 1) {
      await get(STATUS);
      await get('/v1/services');
      await get('/v1/clusters');
    }
    // Watches that end are opened again; that is all a cluster hears.
    const after = east.requests.slice(before);
    expect(after.filter(({ query }) => !query.has('watch'))).toEqual([]);
  });

  it('answers at once for the good cluster while another refuses, and names the bad one', async () => {
    east.put(llmService('qwen', { entityRef: QWEN }));
    west.fault = () => 'hang';
    const { get } = await start();
    await eventually(
      () => get(STATUS),
      ({ body }) => body.services?.length === 1,
    );
    const { body } = await get(STATUS);
    expect(body.clusters).toMatchObject([{ name: 'gpu-west' }]);
    expect(body.services[0].freshness.state).toBe('Live');
  });

  it('answers 304 until something shown has changed', async () => {
    east.put(
      llmService('qwen', { entityRef: QWEN }),
      pod('qwen', 'decode', 0, { ready: false }),
    );
    const { get } = await start();
    for (const path of [
      STATUS,
      '/v1/services',
      '/v1/services/gpu-east/llm/qwen',
      '/v1/clusters',
    ]) {
      // While clusters are still being read, what is shown goes on changing.
      const again = await eventually(
        async () => {
          const { headers } = await get(path);
          return await get(path, {
            headers: { 'if-none-match': headers.etag },
          });
        },
        ({ status }) => status === 304,
      );
      expect([path, again.text]).toEqual([path, '']);
    }
    const { headers } = await eventually(
      () => get(STATUS),
      ({ body }) => body.services?.length === 1,
    );
    east.put(pod('qwen', 'decode', 0));
    await eventually(
      () => get(STATUS, { headers: { 'if-none-match': headers.etag } }),
      ({ status }) => status === 200,
    );
  });

  it('answers 404 for an entity that is not in the catalog, and 401 to strangers', async () => {
    const { get } = await start([]);
    expect((await get(STATUS)).status).toBe(404);
    for (const path of [
      STATUS,
      '/v1/services',
      '/v1/services/gpu-east/llm/qwen',
      '/v1/clusters',
      '/v1/profiles',
      '/v1/stream?fleet=true',
    ]) {
      expect((await get(path, { user: null })).status).toBe(401);
    }
  });

  it('serves the document that describes it', async () => {
    const { get } = await start();
    const { body } = await get('/openapi.json');
    expect(Object.keys(body.paths)).toContain('/v1/stream');
    expect(body.components.schemas.ServingHealth.required).toContain('verdict');
  });
});
