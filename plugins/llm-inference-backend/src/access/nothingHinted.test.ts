import { setTimeout as delay } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const HIDDEN = 'component:default/hidden';
const REUSED = 'component:default/reused';

/** What a caller can ask who knows all the names, also of what he may not see. */
const QUESTIONS = [
  '/v1/services',
  '/v1/services?text=hidden',
  '/v1/services?verdict=Unavailable&verdict=Progressing&verdict=Unknown',
  '/v1/services?limit=1&offset=2',
  '/v1/services?cluster=gpu-east&sort=name&order=desc',
  '/v1/services?owner=group:default/ml',
  '/v1/services?model=qwen',
  '/v1/clusters',
  '/v1/transitions?from=2020-01-01T00:00:00Z&limit=200',
  '/v1/entities/component/default/mine/status',
  '/v1/entities/component/default/probe/status',
  '/v1/entities/component/default/probe-of-none/status',
  '/v1/entities/component/default/hidden/status',
  '/v1/entities/component/default/secret/status',
  '/v1/clusters/gpu-east/capabilities',
  '/v1/catalog/services',
  ...['hidden', 'secret', 'unbound', 'stolen'].flatMap(name =>
    [
      '',
      '/timeline',
      '/metrics',
      '/manifest',
      `/pods/${name}-kserve-0/log?container=main`,
    ].map(part => `/v1/services/gpu-east/llm/${name}${part}`),
  ),
];

/**
 * Two portals that differ in what one caller may not see, and in nothing else. Whatever he asks, and whatever
 * happens to what is hidden, he cannot tell in which of them he is.
 */
describe('what a caller may not see', () => {
  const clusters: FakeKubernetes[] = [];
  const portals: Portal[] = [];

  beforeAll(async () => {
    for (const populated of [true, false]) {
      const cluster = await FakeKubernetes.start();
      clusters.push(cluster);
      cluster.put(
        llmService('mine', { entityRef: 'component:default/mine' }),
        pod('mine', 'decode', 0),
        ...(populated ? hiddenThings() : []),
      );
      portals.push(
        await startPortal({
          clusters: { 'gpu-east': cluster },
          entities: [
            component('mine', 'llm/mine'),
            // His own entities, which name what is not his.
            component('probe', 'llm/hidden'),
            component('probe-of-none', 'llm/nothing'),
            component('thief', 'llm/stolen'),
            // Seen in the catalog, not to be read here.
            component('hidden', 'llm/hidden'),
            component('reused', 'llm/reused'),
          ],
          llmInference: { logs: { enabled: true } },
          policy: ({ name, resourceRef }) =>
            name === 'llm-inference.service.read' ||
            name === 'llm-inference.logs.read'
              ? resourceRef !== HIDDEN
              : false,
        }),
      );
    }
    for (const portal of portals) {
      await eventually(
        () => portal.get('/v1/services'),
        ({ body }) =>
          body.items?.[0]?.pools.decode?.ready === 1 && body.total === 1,
      );
    }
    // By now all is judged. A service of his own takes the name of one that was there before.
    for (const cluster of clusters) cluster.delete(llmService('reused'));
    await delay(200);
    for (const cluster of clusters) {
      cluster.put(llmService('reused', { entityRef: REUSED }));
    }
    for (const portal of portals) {
      await eventually(
        () => portal.get('/v1/transitions'),
        ({ body }) =>
          ['mine', 'reused'].every(name =>
            body.items?.some(
              ({ service }: { service: { name: string } }) =>
                service.name === name,
            ),
          ),
      );
    }
  });

  afterAll(async () => {
    for (const portal of portals) await portal.stop();
    for (const cluster of clusters) await cluster.stop();
  });

  function hiddenThings() {
    return [
      llmService('hidden', { entityRef: HIDDEN }),
      pod('hidden', 'decode', 0, { ready: false }),
      // Claims an entity that the catalog does not show him.
      llmService('secret', { entityRef: 'component:default/secret' }),
      pod('secret', 'decode', 0),
      llmService('unbound'),
      pod('unbound', 'decode', 0),
      // Belongs to somebody else, whatever his own entity says.
      llmService('stolen', { entityRef: HIDDEN }),
      pod('stolen', 'decode', 0),
      // A name that he will use himself.
      llmService('reused', { entityRef: HIDDEN }),
    ];
  }

  it.each(QUESTIONS)('is not counted, named or hinted at: %s', async path => {
    const [there, absent] = await Promise.all(
      portals.map(async portal => {
        const { status, body, text, headers } = await portal.get(path);
        return {
          status,
          tag: path.includes('/transitions') ? '' : headers.etag,
          length: timeless(text).length,
          body: timeless(JSON.stringify(body)),
        };
      }),
    );
    expect(there).toEqual(absent);
  });

  it('is not told by a stream, whatever happens to it', async () => {
    const heard = portals.map(portal => listen(portal));
    const everything = () => heard.map(({ text }) => timeless(text()));
    await eventually(everything, texts =>
      texts.every(text => text.includes('event: entity')),
    );
    const [populated] = clusters;
    populated.put(pod('hidden', 'decode', 0));
    populated.delete(pod('secret', 'decode', 0));
    populated.delete(llmService('unbound'));
    populated.put(llmService('newcomer', { entityRef: HIDDEN }));
    await delay(1_500);
    // The end of what is heard: something that he may see.
    for (const cluster of clusters) cluster.delete(pod('mine', 'decode', 0));
    // One of the two may say the last of it a moment before the other.
    const [there, absent] = await eventually(
      everything,
      ([one, other]) => one.includes('event: changed') && one === other,
    );
    expect(there).toBe(absent);
    for (const { abort } of heard) abort.abort();
  });

  function listen(portal: Portal) {
    const abort = new AbortController();
    let text = '';
    void (async () => {
      const response = await fetch(
        `http://localhost:${portal.backend.server.port()}/api/llm-inference/v1/stream?fleet=true&${[
          'mine',
          'probe',
          'thief',
          'hidden',
          'secret',
        ]
          .map(name => `entityRef=component:default/${name}`)
          .join('&')}`,
        {
          headers: { authorization: mockCredentials.user.header() },
          signal: abort.signal,
        },
      );
      for await (const chunk of response.body!) {
        text += Buffer.from(chunk).toString('utf8');
      }
    })().catch(error => {
      if (!abort.signal.aborted) throw error;
    });
    return { abort, text: () => text };
  }
});

/** Without times, which differ between two portals in any case, and the port in an error's request. */
function timeless(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
}
