import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { folder, fromGit, GitRepository } from '../__testUtils__/gitRepository';
import { llmService, pod } from '../__testUtils__/objects';
import { ADA, BASE, BOB, startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const THEIRS = 'component:default/theirs';
const NAMES = ['theirs', 'nobodys', 'unclaimed'];

/** What is asked of the names that may be taken. */
const QUESTIONS = [
  '/v1/services',
  '/v1/services?verdict=Missing',
  '/v1/services?text=theirs&limit=1',
  '/v1/services?cluster=gpu-east&owner=group:default/ml',
  '/v1/transitions?from=2020-01-01T00:00:00Z&limit=200',
  '/v1/clusters',
  ...NAMES.flatMap(name => [
    `/v1/entities/component/default/probe-${name}/status`,
    ...[
      '',
      '/timeline?from=2020-01-01T00:00:00Z',
      '/metrics',
      '/manifest',
      `/pods/${name}-kserve-0/log?container=main`,
    ].map(part => `/v1/services/gpu-east/llm/${name}${part}`),
  ]),
];

/** What Argo CD says of somebody else's service, from another folder of the same repository. */
function application(name: string): KubernetesObject {
  const resource = {
    group: 'serving.kserve.io',
    version: 'v1alpha2',
    kind: 'LLMInferenceService',
    namespace: 'llm',
    name,
    status: 'Synced',
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `secret-${name}`, namespace: 'argocd' },
    spec: {
      source: {
        repoURL: 'https://github.com/platform/llm-gitops.git',
        path: `services/secret-${name}/overlays/gpu-east`,
      },
      destination: { server: 'https://kubernetes.default.svc' },
    },
    status: { sync: { status: 'Synced' }, resources: [resource] },
  };
}

interface World {
  cluster: FakeKubernetes;
  portal: Portal;
  actions: ReturnType<typeof actionsRegistryServiceMock>;
}

/**
 * Two portals: in one, services of others have the names that somebody has registered entities and merged
 * manifests for, in the other nothing has. Whatever he asks and hears, he cannot tell in which of them he is.
 */
describe('names that are taken', () => {
  const worlds: World[] = [];
  /** Whether callers whose rights are not known yet may see the whole fleet. */
  let wholeFleet = false;

  beforeAll(async () => {
    for (const taken of [true, false]) worlds.push(await open(taken));
    await settled();
    // By now something is known of theirs that could be told.
    await eventually(
      () => worlds[0].cluster.requests.map(({ path }) => path),
      paths => paths.some(path => /nobodys-kserve-0.*\/proxy\//.test(path)),
    );
  });

  afterAll(async () => {
    for (const { portal, cluster } of worlds) {
      await portal.stop();
      await cluster.stop();
    }
  });

  async function open(taken: boolean): Promise<World> {
    const cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('mine', { entityRef: 'component:default/mine' }),
      pod('mine', 'decode', 0),
      ...(taken ? takers() : []),
    );
    if (taken) {
      for (const name of NAMES) {
        cluster.documents.set(
          `/apis/serving.kserve.io/v1alpha2/namespaces/llm/llminferenceservices/${name}`,
          JSON.stringify(llmService(name)),
        );
        cluster.documents.set(
          `/api/v1/namespaces/llm/pods/${name}-kserve-0/log`,
          'their prompts',
        );
      }
    }
    const actions = actionsRegistryServiceMock();
    const portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [
        component('mine', 'llm/mine'),
        component('theirs', 'llm/theirs'),
        ...NAMES.map(name => fromGit(`probe-${name}`, undefined, name)),
      ],
      llmInference: {
        drift: { graceSeconds: 0 },
        logs: { enabled: true },
        metrics: { intervalSeconds: 2, sources: [{ type: 'podProxy' }] },
        verifyPd: { enabled: true },
        validation: { serverDryRun: true },
      },
      // Everything of his own entities, nothing of the others', and no view of the fleet.
      policy: ({ name, resourceRef }) =>
        (wholeFleet || name !== 'llm-inference.fleet.read') &&
        resourceRef !== THEIRS,
      features: [
        new GitRepository(
          Object.assign(
            {},
            ...NAMES.map(name =>
              folder(
                llmService(name, {
                  // One of his manifests does not even name his entity.
                  ...(name === 'unclaimed'
                    ? {}
                    : { entityRef: `component:default/probe-${name}` }),
                }),
                'gpu-east',
                `probe-${name}`,
              ),
            ),
          ),
        ).service,
        eventsServiceFactory,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => actions,
        }),
      ],
    });
    return { cluster, portal, actions };
  }

  function takers(): KubernetesObject[] {
    return [
      llmService('theirs', { entityRef: THEIRS }),
      pod('theirs', 'decode', 0, { ready: false }),
      application('theirs'),
      llmService('nobodys'),
      pod('nobodys', 'decode', 0),
      llmService('unclaimed', { entityRef: 'component:default/elsewhere' }),
      pod('unclaimed', 'decode', 0),
    ];
  }

  /** Waits until all that is missing is known and written. */
  async function settled() {
    for (const { portal } of worlds) {
      await eventually(
        () => portal.get('/v1/transitions?from=2020-01-01T00:00:00Z'),
        ({ body }) =>
          ['mine', ...NAMES].every(name =>
            body.items?.some(
              ({ service }: { service: { name: string } }) =>
                service.name === name,
            ),
          ),
      );
    }
  }

  function listen(portal: Portal) {
    const stream = { text: '', abort: new AbortController() };
    void (async () => {
      const response = await fetch(
        `http://localhost:${portal.backend.server.port()}${BASE}/v1/stream?fleet=true&${NAMES.map(
          name => `entityRef=component:default/probe-${name}`,
        ).join('&')}`,
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

  /** What is told of the names at a door; his own service is judged by each portal in its own time. */
  async function told({ portal }: World, path: string) {
    const { status, text, headers } = await portal.get(path);
    if (path.includes('/transitions')) {
      const { items } = JSON.parse(text);
      return items
        .map((item: object) => timeless(JSON.stringify(item)))
        .filter((item: string) => !item.includes('"name":"mine"'))
        .sort();
    }
    // How long it has been so, in seconds.
    const seconds = /:\d+(\.\d+)?/g;
    return path.includes('/timeline')
      ? [status, timeless(text).replace(seconds, ':some')]
      : [status, headers.etag, ...timeless(text).split('},')];
  }

  async function asked({ portal, actions }: World, name: string) {
    const ask = (id: string, input: object) =>
      actions
        .invoke({
          id: `test:${id}`,
          input: { ...input },
          credentials: mockCredentials.user(ADA),
        })
        .then(({ output }) => timeless(JSON.stringify(output)), String);
    const service = { cluster: 'gpu-east', namespace: 'llm', name };
    const { status, text } = await portal.post(
      `/v1/services/gpu-east/llm/${name}/verify-pd`,
      {},
    );
    // Complete only together with what is there.
    const part = `{apiVersion: serving.kserve.io/v1alpha2, kind: LLMInferenceService, metadata: {name: ${name}, namespace: llm}, spec: {replicas: 2}}`;
    const tried = await portal.post('/v1/manifests/validate', {
      manifests: part,
      cluster: 'gpu-east',
      dryRun: true,
    });
    return [
      tried.body.dryRun,
      await ask('list-llm-services', { text: name }),
      await ask('explain-llm-service', service),
      status,
      timeless(text),
    ];
  }

  async function expectNoDifference() {
    const questions = [
      ...QUESTIONS.map(path => (world: World) => told(world, path)),
      ...NAMES.map(name => (world: World) => asked(world, name)),
    ];
    for (const question of questions) {
      // One of the two may be a moment behind.
      await eventually(
        () => Promise.all(worlds.map(question)),
        ([taken, free]) => isDeepStrictEqual(taken, free),
      );
    }
  }

  it('are missing like names that nothing has, at every door', async () => {
    const [{ portal }] = worlds;
    const { body } = await portal.get(
      '/v1/entities/component/default/probe-theirs/status',
    );
    const why =
      'It is in Git, and no LLMInferenceService llm/theirs in cluster gpu-east names this entity; no GitOps controller that the portal can see applies it there';
    expect(body).toMatchObject({
      services: [
        {
          binding: 'Verified',
          health: { verdict: 'Missing', summary: why, pools: {} },
          drift: { state: 'NotDeployed', reason: why },
        },
      ],
    });
    // When it was looked at last would tell when something happens to the other.
    expect(body.services[0].health.observedAt).toMatch(/:00\.000Z$/);
    const unclaimed = await portal.get('/v1/services/gpu-east/llm/unclaimed');
    expect(unclaimed.body.health.summary).toContain(
      'Nor does its manifest: it needs the annotation backstage.io/entity-ref: component:default/probe-unclaimed',
    );
    const counted = await portal.get('/v1/services');
    expect(counted.body).toMatchObject({
      total: 4,
      counts: { Missing: 3 },
    });
    await expectNoDifference();
  });

  it('are told to those who may see the whole fleet, once each', async () => {
    wholeFleet = true;
    const [{ portal }] = worlds;
    const list = await portal.get('/v1/services?sort=name', { user: BOB });
    const status = await portal.get(
      '/v1/entities/component/default/probe-nobodys/status',
      { user: BOB },
    );
    wholeFleet = false;
    expect(status.body).toMatchObject({
      services: [],
      reason: 'BindingNotVerified',
    });
    const rows: Array<{
      service: { name: string };
      verdict: string;
      entityRef?: string;
    }> = list.body.items;
    expect(
      rows.map(({ service, verdict, entityRef }) => [
        service.name,
        verdict === 'Missing',
        entityRef,
      ]),
    ).toEqual([
      ['mine', false, 'component:default/mine'],
      ['nobodys', false, undefined],
      // Of this one only that it is missed: it belongs to who hides it from him.
      ['theirs', true, 'component:default/probe-theirs'],
      ['unclaimed', false, undefined],
    ]);
  });

  it('are so whatever happens to who has them', async () => {
    const heard = worlds.map(({ portal }) => listen(portal));
    const said = () => heard.map(({ text }) => timeless(text));
    await eventually(said, texts =>
      texts.every(text => text.split('event: entity').length > NAMES.length),
    );
    const before = said();
    expect(before[0]).toBe(before[1]);

    const [{ cluster }] = worlds;
    cluster.put(pod('theirs', 'decode', 0));
    cluster.delete(llmService('nobodys'));
    cluster.delete(llmService('unclaimed'));
    cluster.delete(application('theirs'));
    await delay(1_000);
    cluster.put(
      llmService('nobodys', { entityRef: THEIRS }),
      llmService('unclaimed'),
      application('unclaimed'),
    );
    cluster.delete(llmService('theirs'));
    await delay(1_000);
    cluster.put(llmService('theirs', { entityRef: THEIRS }));
    await delay(1_000);
    // The end of what is heard: something that he may see.
    for (const world of worlds) world.cluster.delete(pod('mine', 'decode', 0));
    const [taken, free] = await eventually(
      () => said().map((text, index) => text.slice(before[index].length)),
      texts => texts.every(text => text.includes('event: changed')),
    );
    expect(taken).toBe(free);
    for (const name of NAMES) expect(taken).not.toContain(name);
    for (const { abort } of heard) abort.abort();
    await expectNoDifference();
  });

  it('tell nothing of their past to who comes by one', async () => {
    const [{ cluster }] = worlds;
    cluster.delete(pod('nobodys', 'decode', 0));
    cluster.delete(llmService('nobodys'));
    await delay(1_000);
    const pasts = await Promise.all(
      worlds.map(async world => {
        world.cluster.put(
          llmService('nobodys', {
            entityRef: 'component:default/probe-nobodys',
          }),
        );
        const { body } = await eventually(
          () =>
            world.portal.get(
              '/v1/services/gpu-east/llm/nobodys/timeline?from=2020-01-01T00:00:00Z',
            ),
          ({ body: { transitions } }) => transitions?.length > 1,
        );
        return body.transitions.map(
          (transition: { at: string; previousVerdict?: string }) => ({
            ...transition,
            at: 'then',
          }),
        );
      }),
    );
    expect(pasts[0]).toEqual(pasts[1]);
    expect(pasts[0]).toMatchObject([
      { verdict: 'Missing' },
      { previousVerdict: 'Missing' },
    ]);
  });
});

/** Without times, and the ports of errors' requests, which differ between two portals in any case. */
function timeless(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
}
