import { mockCredentials } from '@backstage/backend-test-utils';
import { LlmInferenceClient } from 'backstage-plugin-llm-inference-common';
import type { StreamEvent } from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { ADA, BASE, startPortal } from '../__testUtils__/startPortal';
import type { Portal, PortalOptions } from '../__testUtils__/startPortal';

const QWEN = 'component:default/qwen';
const PHI = 'component:default/phi';

type Heard = StreamEvent & { id?: string };

describe('live stream', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;
  const open: AbortController[] = [];

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: QWEN }),
      pod('qwen', 'decode', 0, { ready: false }),
      llmService('phi', { entityRef: PHI }),
    );
  });

  afterEach(async () => {
    for (const abort of open.splice(0)) abort.abort();
    await portal.stop();
    await cluster.stop();
  });

  /** Drift is looked at a moment after the objects, which is a change as well. */
  const isSettled = (name: string) =>
    eventually(
      () => portal.get(`/v1/entities/component/default/${name}/status`),
      ({ status, body }) =>
        status === 403 || body.services?.[0]?.drift !== undefined,
    );

  async function start(options: Partial<PortalOptions> = {}) {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [component('qwen', 'llm/qwen'), component('phi', 'llm/phi')],
      ...options,
    });
    await isSettled('qwen');
    await isSettled('phi');
  }

  function listen(
    subscription: {
      entityRefs?: string[];
      fleet?: boolean;
      lastEventId?: string;
    },
    user = ADA,
  ) {
    const client = new LlmInferenceClient({
      getBaseUrl: async () =>
        `http://localhost:${portal.backend.server.port()}${BASE}`,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...init?.headers,
            authorization: mockCredentials.user.header(user),
          },
        }),
    });
    const abort = new AbortController();
    open.push(abort);
    const heard: Heard[] = [];
    const ended = (async () => {
      try {
        for await (const event of client.stream({
          ...subscription,
          signal: abort.signal,
        })) {
          heard.push(event);
        }
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
    })();
    return { heard, ended, abort };
  }

  const decodeReady = (event: Heard) =>
    event.type === 'entity'
      ? event.data.services[0]?.health.pools.decode?.ready
      : undefined;

  it('says how an entity stands, and then every change of it', async () => {
    await start();
    const { heard } = listen({ entityRefs: [QWEN] });
    await eventually(
      () => heard.map(decodeReady),
      ready => ready.length === 1 && ready[0] === 0,
    );
    cluster.put(pod('qwen', 'decode', 0));
    await eventually(
      () => heard.map(decodeReady),
      ready => ready.at(-1) === 1,
    );
    expect(heard.map(({ type }) => type)).toEqual(['entity', 'entity']);
  });

  it('says nothing about what does not change', async () => {
    await start();
    const { heard } = listen({ entityRefs: [PHI, QWEN] });
    await eventually(
      () => heard.length,
      length => length === 2,
    );
    cluster.put(pod('qwen', 'decode', 0));
    await eventually(
      () => heard.length,
      length => length === 3,
    );
    expect(
      heard.map(event => event.type === 'entity' && event.data.entityRef),
    ).toEqual([PHI, QWEN, QWEN]);
  });

  it('goes on after a break: what is known is not said again, what was missed is', async () => {
    await start();
    const first = listen({ entityRefs: [QWEN, PHI] });
    await eventually(
      () => first.heard.length,
      length => length === 2,
    );
    const lastEventId = first.heard.at(-1)?.id;
    first.abort.abort();
    await first.ended;

    cluster.put(pod('qwen', 'decode', 0));
    await eventually(
      () => portal.get('/v1/entities/component/default/qwen/status'),
      ({ body }) => body.services[0].health.pools.decode.ready === 1,
    );
    const second = listen({ entityRefs: [QWEN, PHI], lastEventId });
    await eventually(
      () => second.heard.length,
      length => length === 1,
    );
    expect(second.heard[0]).toMatchObject({ data: { entityRef: QWEN } });

    const stranger = listen({ entityRefs: [QWEN, PHI], lastEventId: 'what' });
    await eventually(
      () => stranger.heard.length,
      length => length === 2,
    );
  });

  it('tells of the clusters and of services that the reader may see', async () => {
    await start({
      policy: ({ name, resourceRef }) =>
        name === 'llm-inference.service.read' && resourceRef !== PHI,
    });
    const { heard } = listen({ fleet: true });
    await eventually(
      () => heard.map(({ type }) => type),
      types => types.includes('clusters'),
    );
    cluster.put(pod('phi', 'decode', 0), pod('qwen', 'decode', 0));
    const changes = await eventually(
      () => heard.filter(({ type }) => type === 'changed'),
      events => events.length > 0,
    );
    expect(changes.map(({ data }) => data)).toEqual([
      { services: [{ cluster: 'gpu-east', namespace: 'llm', name: 'qwen' }] },
    ]);
  });

  it('says that the cluster was lost', async () => {
    await start();
    const { heard } = listen({ entityRefs: [QWEN] });
    await eventually(
      () => heard.length,
      length => length === 1,
    );
    await cluster.stop();
    const last = await eventually(
      () => heard.at(-1),
      event =>
        event?.type === 'entity' &&
        event.data.services[0].freshness.state === 'Stale',
    );
    expect(decodeReady(last!)).toBe(0);
  });

  it('opens only so many streams for one caller', async () => {
    await start();
    const streams = Array.from({ length: 30 }, () => listen({ fleet: true }));
    await eventually(
      () => streams.filter(({ heard }) => heard.length > 0).length,
      count => count === 30,
    );
    await expect(listen({ fleet: true }).ended).rejects.toMatchObject({
      status: 503,
    });
    const other = listen({ fleet: true }, 'user:default/bob');
    await eventually(
      () => other.heard.length,
      length => length > 0,
    );
  });

  it('ends with the backend', async () => {
    await start();
    const { ended, heard } = listen({ entityRefs: [QWEN] });
    await eventually(
      () => heard.length,
      length => length === 1,
    );
    await portal.stop();
    await expect(ended).resolves.toBeUndefined();
  });
});
