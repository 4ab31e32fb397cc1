import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

describe('actions for agents', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;
  const registry = actionsRegistryServiceMock();

  beforeAll(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/qwen' }),
      pod('qwen', 'decode', 0),
      llmService('hidden', { entityRef: 'component:default/hidden' }),
    );
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [
        component('qwen', 'llm/qwen'),
        component('hidden', 'llm/hidden'),
      ],
      policy: ({ name, resourceRef }) =>
        name === 'llm-inference.service.read' &&
        resourceRef !== 'component:default/hidden',
      features: [
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

  afterAll(async () => {
    await portal.stop();
    await cluster.stop();
  });

  const invoke = (name: string, input: object) =>
    registry.invoke({
      id: `test:${name}`,
      input: { ...input },
      credentials: mockCredentials.user(),
    });

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
  });

  it('explain a service, and know nothing of a hidden one', async () => {
    const { output } = await invoke('explain-llm-service', {
      cluster: 'gpu-east',
      namespace: 'llm',
      name: 'qwen',
    });
    expect(output).toMatchObject({
      verdict: expect.any(String),
      causes: expect.any(Array),
      pools: { decode: { ready: 1, desired: 1, topology: 'SingleNode' } },
    });
    await expect(
      invoke('explain-llm-service', {
        cluster: 'gpu-east',
        namespace: 'llm',
        name: 'hidden',
      }),
    ).rejects.toThrow('There is no service llm/hidden in cluster gpu-east');
  });
});
