import { LlmInferenceClient } from './LlmInferenceClient';

const SERVICE = { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' };

function clientWith(answer: (url: string, init?: RequestInit) => Response) {
  const asked: Array<{ url: string; init?: RequestInit }> = [];
  const client = new LlmInferenceClient({
    getBaseUrl: async () => 'https://portal/api/llm-inference',
    fetch: async (input, init) => {
      asked.push({ url: String(input), init });
      return answer(String(input), init);
    },
  });
  return { client, asked };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status });

/** A body that arrives in exactly these pieces. */
function pieces(...texts: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const text of texts) controller.enqueue(encoder.encode(text));
        controller.close();
      },
    }),
  );
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe('LlmInferenceClient', () => {
  it('asks for what it is told, with every name encoded', async () => {
    const { client, asked } = clientWith(() => json({ items: [] }));
    await client.getEntityStatus('component:default/my model');
    await client.getService({ ...SERVICE, name: 'a/../b' });
    await client.listServices({
      verdict: ['Degraded', 'Unavailable'],
      limit: 10,
      text: undefined,
    });
    await client.listClusters();
    await client.listProfiles();
    await client.getModelArchitecture('hf://a/b&c');
    await client.getManifest(SERVICE);
    await client.getTimeline(SERVICE, { from: '2026-11-22T10:00:00Z' });
    expect(asked.map(({ url }) => url.replace(/^.*\/v1/, ''))).toEqual([
      '/entities/component/default/my%20model/status',
      '/services/gpu-east/llm/a%2F..%2Fb',
      '/services?verdict=Degraded&verdict=Unavailable&limit=10',
      '/clusters',
      '/profiles',
      '/models/architecture?uri=hf%3A%2F%2Fa%2Fb%26c',
      '/services/gpu-east/llm/qwen/manifest',
      '/services/gpu-east/llm/qwen/timeline?from=2026-11-22T10%3A00%3A00Z',
    ]);
  });

  it('posts manifests', async () => {
    const { client, asked } = clientWith(() => json({ findings: [] }));
    await client.validateManifests({ manifests: 'a: 1' });
    expect(asked[0].init).toMatchObject({
      method: 'POST',
      body: '{"manifests":"a: 1"}',
    });
  });

  it.each([
    [json({ error: { message: 'not for you' } }, 403), 403, 'not for you'],
    [
      new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
      502,
      'The server answered 502 Bad Gateway',
    ],
  ])(
    'rejects with the words of the server',
    async (answer, status, message) => {
      const { client } = clientWith(() => answer);
      await expect(client.getService(SERVICE)).rejects.toMatchObject({
        name: 'LlmInferenceResponseError',
        status,
        message,
      });
    },
  );

  it('refuses a reference that is not full', async () => {
    const { client } = clientWith(() => json({}));
    await expect(client.getEntityStatus('qwen')).rejects.toThrow(
      "'qwen' is not a full entity reference",
    );
  });

  it('reads the stream however it is cut, and passes over heartbeats', async () => {
    const { client, asked } = clientWith(() =>
      pieces(
        'id: a.b\nevent: ent',
        'ity\ndata: {"entityRef":"x",\ndata: "services":[]}\n',
        '\n: still here\n\nevent: changed\r\ndata: {"services":[]}\r\n\r\n',
        'event: entity\ndata: {"cut',
      ),
    );
    const events = await collect(
      client.stream({
        entityRefs: ['x', 'y'],
        fleet: true,
        lastEventId: 'seen',
        signal: new AbortController().signal,
      }),
    );
    expect(events).toEqual([
      { type: 'entity', data: { entityRef: 'x', services: [] }, id: 'a.b' },
      { type: 'changed', data: { services: [] }, id: undefined },
    ]);
    expect(asked[0].url).toMatch(
      /\/v1\/stream\?entityRef=x&entityRef=y&fleet=true$/,
    );
    expect(asked[0].init?.headers).toMatchObject({ 'last-event-id': 'seen' });
  });

  it('hands a log on as it arrives', async () => {
    const { client, asked } = clientWith(() => pieces('one\n', 'two\n'));
    const text = await collect(
      client.podLog(
        SERVICE,
        'qwen-0',
        { container: 'main', follow: true },
        { signal: new AbortController().signal },
      ),
    );
    expect(text).toEqual(['one\n', 'two\n']);
    expect(asked[0].url).toMatch(
      /pods\/qwen-0\/log\?container=main&follow=true$/,
    );
  });
});
