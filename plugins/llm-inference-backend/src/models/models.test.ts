import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const CONFIG = {
  model_type: 'qwen2',
  num_attention_heads: 28,
  num_key_value_heads: 4,
  num_hidden_layers: 28,
  hidden_size: 3584,
  max_position_embeddings: 32768,
  torch_dtype: 'bfloat16',
};
const INDEX = { metadata: { total_size: 15_231_233_024 } };

const PROFILE = {
  title: 'any',
  clusters: ['gpu-east'],
  namespaces: ['llm'],
  owners: ['group:default/team'],
  repository: { host: 'github.com', owner: 'platform', name: 'llm-gitops' },
  models: { allowed: ['hf://acme/', 'pvc://'] },
  pool: {
    cpu: { request: '1', limit: '2' },
    memory: { request: '8Gi', limit: '16Gi' },
    cpuKvCacheGiB: 1,
  },
  fabric: { kind: 'none' },
};

const ask = (uri: string) =>
  `/v1/models/architecture?uri=${encodeURIComponent(uri)}`;

describe('the numbers of a model', () => {
  let hub: Server;
  let baseUrl: string;
  let portal: Portal;
  const asked: Array<{ path?: string; token?: string }> = [];
  const files: Record<string, { status?: number; to?: string; body?: string }> =
    {};

  beforeEach(async () => {
    asked.length = 0;
    for (const path of Object.keys(files)) delete files[path];
    hub = createServer((request, response) => {
      asked.push({
        path: request.url,
        token: request.headers.authorization,
      });
      const {
        status = 200,
        to,
        body,
      } = files[request.url ?? ''] ?? {
        status: 404,
      };
      response.writeHead(status, to ? { location: to } : {}).end(body);
    });
    await new Promise<void>(resolve => {
      hub.listen(0, '127.0.0.1', resolve);
    });
    baseUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await portal.stop();
    await new Promise(resolve => {
      hub.close(resolve);
      hub.closeAllConnections();
    });
  });

  async function start(models: object = {}) {
    portal = await startPortal({
      clusters: {},
      llmInference: {
        profiles: { any: PROFILE },
        models: { baseUrl, allowPrivateHosts: true, ...models },
      },
    });
  }

  it('come from its configuration and its index, once an hour', async () => {
    files['/acme/model/resolve/main/config.json'] = {
      status: 307,
      to: '/moved/config.json',
    };
    files['/moved/config.json'] = { body: JSON.stringify(CONFIG) };
    files['/acme/model/resolve/main/model.safetensors.index.json'] = {
      body: JSON.stringify(INDEX),
    };
    await start({ token: 'let-me-read' });
    const { status, body } = await portal.get(ask('hf://acme/model'));
    expect(status).toBe(200);
    expect(body.architecture).toMatchObject({
      name: 'acme/model',
      kvLayers: 28,
      attentionHeads: 28,
      kv: { kind: 'heads', kvHeads: 4, headDim: 128 },
      weightBytes: 15_231_233_024,
      contextTokens: 32768,
    });
    expect(asked.map(({ token }) => token)).toEqual(
      Array(3).fill('Bearer let-me-read'),
    );
    await portal.get(ask('hf://acme/model'));
    expect(asked).toHaveLength(3);
  });

  it('lack the weights where the model has no index', async () => {
    files['/acme/small/resolve/v1/config.json'] = {
      body: JSON.stringify(CONFIG),
    };
    await start();
    const { body } = await portal.get(ask('hf://acme/small:v1'));
    expect(body.architecture).toMatchObject({ kvLayers: 28 });
    expect(body.architecture).not.toHaveProperty('weightBytes');
  });

  it('are not there for a model that the hub does not show', async () => {
    await start();
    const { status, body } = await portal.get(ask('hf://acme/nothing'));
    expect(status).toBe(404);
    expect(body.error.message).toContain(
      "no config.json of 'hf://acme/nothing'",
    );
  });

  it.each([
    ['answers with more than fits', { body: `"${'x'.repeat(1_000_001)}"` }],
    ['answers with something else', { body: '<html>' }],
    ['fails', { status: 500 }],
    ['leads elsewhere', { status: 302, to: 'http://127.0.0.2:1/config.json' }],
  ])('are unavailable where the hub %s', async (_, file) => {
    files['/acme/model/resolve/main/config.json'] = file;
    await start();
    const { status, body } = await portal.get(ask('hf://acme/model'));
    expect(status).toBe(503);
    expect(body.error.message).toContain('The model hub could not be read');
  });

  it.each(['127.0.0.1', 'localhost'])(
    'are not read from %s unless that is allowed',
    async host => {
      await start({
        allowPrivateHosts: false,
        baseUrl: baseUrl.replace('127.0.0.1', host),
      });
      const { status, body } = await portal.get(ask('hf://acme/model'));
      expect(status).toBe(503);
      expect(body.error.message).toContain('allowPrivateHosts');
      expect(asked).toEqual([]);
    },
  );

  it('are for signed-in users, and models on offer', async () => {
    await start();
    const path = ask('hf://acme/model');
    expect((await portal.get(path, { user: null })).status).toBe(401);
    expect((await portal.get(ask('hf://evil/model'))).status).toBe(403);
    expect((await portal.get(ask('pvc://models/qwen'))).status).toBe(404);
    expect((await portal.get(ask('hf://acme/..'))).status).toBe(404);
    expect((await portal.get('/v1/models/architecture')).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('are off unless a hub is named', async () => {
    await start({ baseUrl: undefined });
    const { status, body } = await portal.get(ask('hf://acme/model'));
    expect(status).toBe(404);
    expect(body.error.message).toContain('llmInference.models.baseUrl');
  });
});
