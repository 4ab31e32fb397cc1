import { mockCredentials } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';
import { openApiDocument } from '../openapi/document';

const SERVICE = 'gpu-east/llm/qwen';
const POD_LOG = '/api/v1/namespaces/llm/pods/qwen-kserve-0/log';
const MANIFEST =
  '/apis/serving.kserve.io/v1alpha2/namespaces/llm/llminferenceservices/qwen';

/** What has to be asked beside the path, so that the answer does not move with the time of the look. */
const QUERIES: Record<string, string> = {
  '/v1/services/{cluster}/{namespace}/{name}/timeline':
    '?from=2026-11-22T09:00:00Z',
  '/v1/transitions': '?from=2026-11-22T09:00:00Z',
  '/v1/services/{cluster}/{namespace}/{name}/pods/{pod}/log': '?container=main',
  '/v1/stream': '?fleet=true',
  '/v1/models/architecture': '?uri=hf://acme/model',
};

/** No JSON of their own, or nothing to read without a hub. */
const NO_TAG = ['/v1/stream', '/v1/models/architecture'];

type Route = [method: 'get' | 'post', path: string];

/** Every route that the document describes, with its parameters filled in. */
const ROUTES: Route[] = Object.entries(openApiDocument.paths as object).flatMap(
  ([template, operations]) =>
    Object.keys(operations).map(
      (method): Route => [
        method as 'get' | 'post',
        template
          .replace(
            '/entities/{kind}/{namespace}/{name}',
            '/entities/component/default/qwen',
          )
          .replace('{cluster}/{namespace}/{name}', SERVICE)
          .replace('{cluster}', 'gpu-east')
          .replace('{pod}', 'qwen-kserve-0') + (QUERIES[template] ?? ''),
      ],
    ),
);

const READS = ROUTES.filter(
  ([method, path]) =>
    method === 'get' &&
    !path.includes('/log') &&
    !NO_TAG.some(untagged => path.startsWith(untagged)),
);

/** What an attacker puts where a name belongs. */
const EVIL = [
  '..%2F..%2Fzzz-evil',
  '%2e%2e%2fzzz-evil',
  'zzz-evil%3FlabelSelector%3Da',
  'zzz-evil%0d%0aX-Injected:%201',
  'zzz-evil%00',
  "zzz-evil'%22%7D%5D%20or%20up%7B",
  `zzz-evil-${'x'.repeat(2_000)}`,
  '__proto__',
  'constructor',
];

describe('every route', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;

  beforeAll(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/qwen' }),
      pod('qwen', 'decode', 0),
    );
    cluster.documents.set(POD_LOG, 'a line');
    cluster.documents.set(MANIFEST, JSON.stringify(llmService('qwen')));
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [component('qwen', 'llm/qwen')],
      llmInference: {
        logs: { enabled: true },
        validation: { serverDryRun: true },
      },
    });
    await eventually(
      () => portal.get(`/v1/services/${SERVICE}`),
      ({ body }) => body.health?.pools.decode.ready === 1,
    );
    await eventually(
      () => portal.get('/v1/transitions'),
      ({ body }) => body.items?.length > 0,
    );
  });

  afterAll(async () => {
    await portal.stop();
    await cluster.stop();
  });

  it.each(ROUTES)(
    'is for those who are signed in: %s %s',
    async (method, path) => {
      const nobody = { user: null };
      const { status, body } =
        method === 'get'
          ? await portal.get(path, nobody)
          : await portal.post(path, {}, nobody);
      expect(status).toBe(401);
      expect(Object.keys(body)).toEqual(['error', 'request', 'response']);
    },
  );

  it.each(READS)(
    'answers 304 where the caller has the answer: %s %s',
    async (_, path) => {
      const authorization = path.startsWith('/v1/catalog')
        ? mockCredentials.service.header()
        : mockCredentials.user.header();
      const headers = { authorization };
      const again = await eventually(
        async () => {
          const first = await portal.get(path, { headers });
          expect([first.status, first.headers.etag]).toEqual([
            200,
            expect.stringMatching(/^"[\w-]{20,}"$/),
          ]);
          return await portal.get(path, {
            headers: {
              ...headers,
              'if-none-match': `"x", ${first.headers.etag}`,
            },
          });
        },
        ({ status }) => status === 304,
      );
      expect(again.text).toBe('');
    },
  );

  describe('lets nothing through that an attacker writes', () => {
    const hostile = (path: string, evil: string) => {
      const [pathname, query] = path.split('?');
      const steps = pathname.split('/').slice(2);
      return [
        // In the place of every step that is a parameter …
        ...steps
          .map((_, index) =>
            [
              '',
              'v1',
              ...steps.map((step, at) => (at === index ? evil : step)),
            ].join('/'),
          )
          .slice(1),
        // … as every parameter of the query, plain, twice and as an object.
        ...new URLSearchParams(query).keys(),
      ].flatMap(place =>
        place.startsWith('/')
          ? [place + (query ? `?${query}` : '')]
          : [
              `${pathname}?${place}=${evil}`,
              `${pathname}?${place}[zzz-evil]=${evil}`,
              `${pathname}?${query}&zzz-evil=${evil}&labelSelector=${evil}`,
            ],
      );
    };
    const gets = ROUTES.filter(
      ([method, path]) => method === 'get' && path.startsWith('/v1'),
    );

    it.each(EVIL.map(evil => [evil.slice(0, 40), evil]))(
      'to a cluster: %s',
      async (_, evil) => {
        for (const [, path] of gets) {
          for (const attempt of hostile(path, evil)) {
            const { status } = await raw(attempt);
            expect([
              attempt,
              [400, 403, 404, 414, 431].includes(status),
            ]).toEqual([attempt, true]);
          }
        }
        expect(JSON.stringify(cluster.requests)).not.toMatch(
          /zzz-evil|__proto__|constructor/,
        );
      },
    );
  });

  /** Without a client that tidies paths up. */
  async function raw(path: string) {
    const response = await fetch(
      `http://localhost:${portal.backend.server.port()}/api/llm-inference${path}`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    await response.body?.cancel();
    return response;
  }
});
