import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  parseServicesChanged,
  SERVICES_CHANGED_TOPIC,
} from 'backstage-plugin-llm-inference-node';
import type { ServicesChanged } from 'backstage-plugin-llm-inference-node';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { ADA, startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const LIST = '/v1/catalog/services';

describe('services for the catalog', () => {
  let cluster: FakeKubernetes;
  let portal: Portal | undefined;
  let told: ServicesChanged[];

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    told = [];
  });
  afterEach(async () => {
    await portal?.stop();
    portal = undefined;
    await cluster.stop();
  });

  const listener = createBackendModule({
    pluginId: 'llm-inference',
    moduleId: 'listener',
    register({ registerInit }) {
      registerInit({
        deps: { events: eventsServiceRef },
        init: async ({ events }) =>
          events.subscribe({
            id: 'test',
            topics: [SERVICES_CHANGED_TOPIC],
            onEvent: async ({ eventPayload }) => {
              told.push(parseServicesChanged(eventPayload));
            },
          }),
      });
    },
  });

  async function start(entities = [component('other', 'llm/other')]) {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities,
      features: [listener, eventsServiceFactory],
    });
    return portal;
  }

  async function list(header = mockCredentials.service.header()) {
    return await portal!.get(LIST, {
      headers: { authorization: header },
    });
  }

  it('are listed for other plugins and for nobody else', async () => {
    cluster.put(llmService('qwen', { entityRef: 'component:default/qwen' }));
    await start();
    const { body } = await eventually(
      list,
      answer => answer.body.items?.length,
    );
    expect(body).toMatchObject({
      complete: true,
      clusters: [{ name: 'gpu-east', complete: true }],
      items: [
        {
          service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
          claimedEntity: 'component:default/qwen',
          model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
          disaggregated: true,
          stopped: false,
        },
      ],
    });
    expect((await list(mockCredentials.user.header(ADA))).status).toBe(403);
    expect((await list(mockCredentials.none.header())).status).toBe(401);
  });

  it('are told of when they come, change for the catalog and go, not when a pod changes', async () => {
    await start();
    const names = () =>
      told.flatMap(({ changed, removed }) => [
        ...changed.map(
          ({ service, labels }) => `+${service.name}${labels.team ?? ''}`,
        ),
        ...removed.map(({ name }) => `-${name}`),
      ]);
    const service = llmService('qwen');
    cluster.put(service);
    await eventually(names, seen => seen.length === 1);
    cluster.put(pod('qwen', 'decode', 0));
    cluster.put({
      ...service,
      metadata: { ...service.metadata, labels: { team: '!' } },
    });
    await eventually(names, seen => seen.length === 2);
    cluster.delete(service);
    await eventually(names, seen => seen.length === 3);
    expect(names()).toEqual(['+qwen', '+qwen!', '-qwen']);
  });

  it('are bound to the entity that was made from them, and to none that only says so', async () => {
    cluster.put(llmService('qwen'), llmService('granite'));
    const made = (name: string, origin: string) => {
      const entity = component(`${name}.llm.gpu-east`, `llm/${name}`);
      Object.assign(entity.metadata.annotations!, {
        'backstage.io/kubernetes-cluster': 'gpu-east',
        'backstage.io/managed-by-origin-location': origin,
      });
      return entity;
    };
    const { get } = await start([
      made('qwen', 'llm-inference:gpu-east/llm/qwen'),
      made('granite', 'url:https://git.example.com/catalog-info.yaml'),
    ]);
    const status = async (name: string) =>
      (await get(`/v1/entities/component/default/${name}.llm.gpu-east/status`))
        .body;
    const { services } = await eventually(
      () => status('qwen'),
      body => body.services?.length === 1,
    );
    expect(services[0]).toMatchObject({
      binding: 'Verified',
      entityRef: 'component:default/qwen.llm.gpu-east',
    });
    expect(await status('granite')).toMatchObject({ services: [] });
    const fleet = (await get('/v1/services')).body.items;
    expect(
      fleet.map((row: { entityRef?: string }) => row.entityRef).filter(Boolean),
    ).toEqual(['component:default/qwen.llm.gpu-east']);
  });
});
