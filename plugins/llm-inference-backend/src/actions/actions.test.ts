import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const ADA = 'user:default/ada';
const MISSING = 'There is no service llm/hidden in cluster gpu-east';

describe('actions for agents', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;
  /** Whether the caller has any permission at all. */
  let trusted: boolean;
  const registry = actionsRegistryServiceMock();
  /** What the auditor heard. */
  const audited: string[] = [];
  const auditor = mockServices.auditor.mock();

  beforeAll(async () => {
    trusted = true;
    auditor.createEvent.mockImplementation(
      async ({ eventId, severityLevel, meta }) => {
        const told = (end: string) => async () => {
          audited.push(
            `${severityLevel} ${eventId} ${JSON.stringify(meta)} ${end}`,
          );
        };
        return { success: told('ok'), fail: told('failed') };
      },
    );
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/qwen' }),
      pod('qwen', 'decode', 0),
      llmService('hidden', { entityRef: 'component:default/hidden' }),
      // In nobody's name, in a name that the catalog does not have, and in one that names another service.
      llmService('unbound'),
      llmService('absent', { entityRef: 'component:default/absent' }),
      llmService('stolen', { entityRef: 'component:default/qwen' }),
    );
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [
        component('qwen', 'llm/qwen'),
        component('hidden', 'llm/hidden'),
        // The caller's own, which names what is not his.
        component('probe', 'llm/unbound'),
      ],
      policy: ({ name, resourceRef }) =>
        trusted &&
        name === 'llm-inference.service.read' &&
        resourceRef !== 'component:default/hidden',
      features: [
        auditor.factory,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
      ],
    });
    await eventually(
      () => portal.get('/v1/services'),
      ({ body }) => body.total === 1,
    );
  });

  beforeEach(() => {
    audited.length = 0;
  });

  afterAll(async () => {
    await portal.stop();
    await cluster.stop();
  });

  const invoke = (name: string, input: object, user = ADA) =>
    registry.invoke({
      id: `test:${name}`,
      input: { ...input },
      credentials: mockCredentials.user(user),
    });

  const explain = (name: string, user?: string) =>
    invoke(
      'explain-llm-service',
      { cluster: 'gpu-east', namespace: 'llm', name },
      user,
    );

  it('are these two, and they only read', () => {
    expect([...registry.actions.keys()]).toEqual([
      'test:list-llm-services',
      'test:explain-llm-service',
    ]);
    for (const { attributes } of registry.actions.values()) {
      expect(attributes).toEqual({
        readOnly: true,
        destructive: false,
        idempotent: true,
      });
    }
  });

  it('list what the caller may see, also with numbers as text', async () => {
    const { output } = await invoke('list-llm-services', { limit: '10' });
    expect(output).toMatchObject({
      total: 1,
      services: [{ name: 'qwen', decode: '1/1', stale: false }],
    });
    expect(JSON.stringify(output)).not.toMatch(/hidden|unbound|absent|stolen/);
  });

  it('explain a service, and know nothing of a hidden one', async () => {
    const { output } = await explain('qwen');
    expect(output).toMatchObject({
      verdict: expect.any(String),
      causes: expect.any(Array),
      pools: { decode: { ready: 1, desired: 1, topology: 'SingleNode' } },
    });
    for (const name of ['hidden', 'unbound', 'absent', 'stolen', 'nothing']) {
      await expect(explain(name)).rejects.toThrow(
        MISSING.replace('hidden', name),
      );
    }
  });

  it('tell a caller without any permission of nothing', async () => {
    trusted = false;
    try {
      const stranger = 'user:default/stranger';
      const { output } = await invoke('list-llm-services', {}, stranger);
      expect(output).toEqual({ total: 0, counts: {}, services: [] });
      await expect(explain('qwen', stranger)).rejects.toThrow(
        MISSING.replace('hidden', 'qwen'),
      );
    } finally {
      trusted = true;
    }
  });

  it.each<[string, object]>([
    ['list-llm-services', { text: 'x'.repeat(257) }],
    ['list-llm-services', { verdict: 'Fine' }],
    ['list-llm-services', { cluster: ['gpu-east'] }],
    ['list-llm-services', { limit: 0 }],
    ['list-llm-services', { limit: 1e9 }],
    ['list-llm-services', { limit: 'all' }],
    ['explain-llm-service', {}],
    ['explain-llm-service', { cluster: 'gpu-east', namespace: 'llm' }],
    [
      'explain-llm-service',
      { cluster: 'gpu-east', namespace: { $ne: '' }, name: 'qwen' },
    ],
    [
      'explain-llm-service',
      { cluster: 'gpu-east', namespace: 'llm', name: 'x'.repeat(257) },
    ],
  ])('refuse what %s does not understand: %j', async (name, input) => {
    await expect(invoke(name, input)).rejects.toThrow(/[Ii]nvalid input/);
    expect(audited).toEqual([]);
  });

  it.each([
    '../../secrets',
    '__proto__',
    'qwen?labelSelector=a=b',
    'hidden\u0000',
    "qwen' or '1'='1",
    '.*',
    '{{ secrets }}',
  ])('make nothing of a name like %j, and ask no cluster', async name => {
    const asked = cluster.requests.length;
    await expect(explain(name)).rejects.toThrow('There is no service');
    const { output } = await invoke('list-llm-services', { text: name });
    expect(output).toEqual({ total: 0, counts: {}, services: [] });
    const since = cluster.requests.slice(asked);
    expect(since.filter(({ query }) => !query.has('watch'))).toEqual([]);
  });

  it('are audited like what a browser reads, with who asked', async () => {
    await invoke('list-llm-services', {});
    await explain('qwen');
    await explain('hidden', 'user:default/bob').catch(() => undefined);
    const at = '"cluster":"gpu-east","namespace":"llm"';
    expect(audited).toEqual([
      `low service-list {"action":"list-llm-services","caller":"${ADA}"} ok`,
      `low service-read {"action":"explain-llm-service","caller":"${ADA}",${at},"name":"qwen"} ok`,
      `low service-read {"action":"explain-llm-service","caller":"user:default/bob",${at},"name":"hidden"} failed`,
    ]);
  });
});
