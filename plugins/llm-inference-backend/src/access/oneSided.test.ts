import { mockCredentials } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { BASE, startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const STATUS = '/v1/entities/component/default/probe/status';

/** Portals that take the word of an entity alone, and show verdict and counts for it. */
describe('what only an entity names', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;
  let heard: { text: string; abort: AbortController };

  beforeAll(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      service('theirs', 'first'),
      pod('theirs', 'decode', 0),
      service('mine', 'first'),
    );
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [
        component('probe', 'llm/theirs'),
        component('mine', 'llm/mine'),
      ],
      llmInference: { entityBinding: 'annotation' },
      policy: ({ name }) => name !== 'llm-inference.fleet.read',
    });
    await eventually(
      () => portal.get('/v1/services'),
      ({ body }) => body.total === 2,
    );
    heard = listen();
    await eventually(
      () => heard.text,
      text => text.includes('event: entity'),
    );
  });

  afterAll(async () => {
    heard.abort.abort();
    await portal.stop();
    await cluster.stop();
  });

  /** Bound to the entity `mine`, or to one that is not in the catalog. */
  function service(name: string, model: string) {
    const object = llmService(name, { entityRef: `component:default/${name}` });
    const spec = {
      replicas: 1,
      model: { uri: `hf://a/${model}`, name: model },
    };
    return { ...object, spec };
  }

  function listen() {
    const stream = { text: '', abort: new AbortController() };
    void (async () => {
      const response = await fetch(
        `http://localhost:${portal.backend.server.port()}${BASE}/v1/stream?fleet=true&entityRef=component:default/probe`,
        {
          headers: { authorization: mockCredentials.user.header() },
          signal: stream.abort.signal,
        },
      );
      for await (const chunk of response.body!) {
        stream.text += Buffer.from(chunk).toString('utf8');
      }
    })().catch(error => {
      if (!stream.abort.signal.aborted) throw error;
    });
    return stream;
  }

  /** The services that were told to have changed. */
  const changed = () =>
    [...heard.text.matchAll(/event: changed\ndata: (.*)/g)].flatMap(
      ([, data]) =>
        JSON.parse(data).services.map(({ name }: { name: string }) => name),
    );
  const entityEvents = () => heard.text.split('event: entity').length - 1;

  it('tells nothing of a change of what is not shown, and tells of a count', async () => {
    const before = await portal.get(STATUS);
    const seen = entityEvents();
    const [shown] = before.body.services;
    expect(shown.binding).toBe('Annotation');
    // Not when it was judged last: that would tell that something has happened.
    expect(shown.health.observedAt).toBe(
      shown.freshness.asOf.replace(/:\d\d\.\d+Z$/, ':00.000Z'),
    );

    // Both come on one watch, in this order: once the second is told of, the first has been judged.
    cluster.put(service('theirs', 'second'), service('mine', 'second'));
    await eventually(changed, names => names.includes('mine'));
    const after = await portal.get(STATUS, {
      headers: { 'if-none-match': before.headers.etag },
    });
    expect(after.status).toBe(304);
    expect(changed()).not.toContain('theirs');
    expect(entityEvents()).toBe(seen);

    cluster.put(pod('theirs', 'decode', 0, { ready: false }));
    await eventually(changed, names => names.includes('theirs'));
    await eventually(entityEvents, events => events > seen);
    const counted = await portal.get(STATUS, {
      headers: { 'if-none-match': before.headers.etag },
    });
    expect(counted.status).toBe(200);
    expect(counted.body.services[0].version).not.toBe(
      before.body.services[0].version,
    );
  });
});
