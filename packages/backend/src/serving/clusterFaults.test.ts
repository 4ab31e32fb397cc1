import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { createSandbox } from 'sandbox';
import type { ClusterFaults, KubeObject, Sandbox } from 'sandbox';
import { eventually } from './__testUtils__/eventually';
import { KubernetesAdmin, manifests } from './__testUtils__/KubernetesAdmin';
import { startServingPortal } from './__testUtils__/ServingPortal';
import type { Listener, ServingPortal } from './__testUtils__/ServingPortal';

const EAST = 'gpu-east';
const WEST = 'gpu-west';
const QWEN = { cluster: EAST, namespace: 'llm-demo', name: 'qwen2-7b-chat' };

/** Minutes of play pass in a second, so that a pod that is replaced loads its model within two. */
const SPEED = 200;

/** One fault, how it is seen from outside, and how long it lasts. */
interface Trouble {
  name: string;
  faults: ClusterFaults;
  /** State of the cluster that the portal has to report while it lasts; its data goes on being shown. */
  seen?: string;
  lastsMs: number;
}

const TROUBLES: Trouble[] = [
  {
    name: 'an API server that restarts',
    faults: { connection: 'refused' },
    seen: 'Stale',
    lastsMs: 1_000,
  },
  {
    name: 'watches that are cut every two seconds',
    faults: { dropWatchesEveryMs: 2_000 },
    lastsMs: 5_000,
  },
  {
    name: 'a storm of 410 in the watch',
    faults: { expiredVersions: 'event' },
    lastsMs: 1_500,
  },
  {
    name: 'a storm of 410 as the answer',
    faults: { expiredVersions: 'status' },
    lastsMs: 1_500,
  },
  {
    name: '429 with Retry-After',
    faults: { status: 429, retryAfterSeconds: 2 },
    seen: 'Stale',
    lastsMs: 1_000,
  },
  {
    name: '500 for every request',
    faults: { status: 500 },
    seen: 'Stale',
    lastsMs: 1_000,
  },
  {
    name: '500 for pods alone',
    faults: { status: 500, resources: ['pods'] },
    seen: 'Stale',
    lastsMs: 1_000,
  },
  {
    name: 'requests that are never answered',
    faults: { connection: 'hung' },
    seen: 'Stale',
    lastsMs: 4_000,
  },
  {
    name: 'half-open connections',
    faults: { connection: 'half-open' },
    lastsMs: 4_000,
  },
  {
    name: 'slow answers',
    faults: { latencyMs: 1_000 },
    lastsMs: 2_000,
  },
  {
    name: 'a token that is refused',
    faults: { status: 401 },
    seen: 'AuthFailed',
    lastsMs: 1_000,
  },
  {
    name: 'objects that are none',
    faults: { malformed: 'objects' },
    lastsMs: 1_000,
  },
  {
    name: 'lines that are torn',
    faults: { malformed: 'lines' },
    lastsMs: 1_000,
  },
];

describe('the backend through faults of a cluster of the sandbox', () => {
  const directory = createMockDirectory();
  let sandbox: Sandbox;
  let east: KubernetesAdmin;
  let west: KubernetesAdmin;
  let portal: ServingPortal;
  let usualWatches: number;
  let listener: Listener;

  beforeAll(async () => {
    sandbox = await createSandbox({ speed: SPEED });
    east = new KubernetesAdmin(sandbox.api.cluster(EAST));
    west = new KubernetesAdmin(sandbox.api.cluster(WEST));
    for (const admin of [east, west]) {
      await admin.grant('watch.yaml', 'capabilities.yaml');
    }
    await newToken(3_600);
    portal = await startServingPortal({
      clusters: [
        {
          name: EAST,
          url: sandbox.api.cluster(EAST).url,
          authProvider: 'serviceAccount',
        },
        {
          name: WEST,
          url: sandbox.api.cluster(WEST).url,
          authProvider: 'serviceAccount',
          serviceAccountToken: await west.portalToken(3_600),
        },
      ],
      llmInference: {
        credentials: [{ cluster: EAST, tokenFile: directory.resolve('token') }],
        watch: { lifetimeSeconds: 3, answerSeconds: 2, reprobeSeconds: 2 },
      },
    });
    await shown(EAST);
    await shown(WEST);
    usualWatches = await eventually(
      () => sandbox.api.cluster(EAST).openWatches(),
      open => open >= 12,
    );
    listener = portal.listen();
  });

  afterAll(async () => {
    await listener.stop();
    await portal.stop();
    await sandbox.close();
  });

  async function newToken(seconds: number) {
    await writeFile(
      directory.resolve('token'),
      await east.portalToken(seconds),
    );
  }

  /** Sets what is wrong with the API of a cluster, through the control endpoint. */
  async function setFaults(faults: ClusterFaults) {
    const response = await fetch(
      `${sandbox.control.url}/clusters/${EAST}/api-faults`,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults),
      },
    );
    expect(response.status).toBe(200);
  }

  async function shown(cluster: string) {
    await portal.shows(cluster, cluster === EAST ? east : west);
  }

  /** Waits until nothing of the cluster is shown any more. */
  async function nothingShown() {
    await eventually(
      async () => (await portal.client.listServices({ cluster: [EAST] })).total,
      total => total === 0,
    );
  }

  /** Deletes an engine pod; its controller puts another in its place, under another name. */
  async function replaceAPod(cluster: string) {
    // Not through the API, which may be what is broken.
    const { store } = sandbox.players.get(cluster)!.context;
    const pod = store
      .list('pods')
      .find(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/component'] ===
          'llminferenceservice-workload',
      )!;
    store.delete('pods', pod.metadata.name, pod.metadata.namespace, {
      gracePeriodSeconds: 0,
    });
    return pod.metadata.name;
  }

  const stateOf = async (cluster: string) =>
    (await portal.cluster(cluster))?.state;

  /** Waits until a cluster is live: where this whole process stands still for a while, so do its answers. */
  const isLive = (cluster: string) =>
    eventually(
      () => stateOf(cluster),
      state => state === 'Live',
    );

  /** All is as it was before the trouble, and nothing was invented meanwhile. */
  async function allIsWell() {
    await isLive(EAST);
    await shown(EAST);
    await eventually(
      () => sandbox.api.cluster(EAST).openWatches(),
      open => open === usualWatches,
    );
    const { items } = await portal.client.listServices({ limit: 200 });
    const names = items.map(({ service }) => JSON.stringify(service));
    expect(new Set(names).size).toBe(names.length);
    const { transitions } = await portal.client.getTimeline(QWEN);
    for (const [index, { verdict, rootCause }] of transitions.entries()) {
      expect(verdict).not.toBe('Missing');
      const before = transitions[index - 1];
      expect(before && [before.verdict, before.rootCause]).not.toEqual([
        verdict,
        rootCause,
      ]);
    }
    return await isLive(EAST);
  }

  it.each(TROUBLES)(
    'is right again after $name',
    async ({ faults, seen, lastsMs }) => {
      await setFaults(faults);
      const gone = await replaceAPod(EAST);
      if (seen) {
        await eventually(
          () => stateOf(EAST),
          state => state === seen,
        );
        // What was known stays on show, with its age.
        await eventually(
          async () => (await portal.client.getService(QWEN)).freshness.state,
          state => state === 'Stale',
        );
      }
      // The other cluster does not notice.
      await replaceAPod(WEST);
      await shown(WEST);
      expect(await isLive(WEST)).toBe('Live');
      await delay(lastsMs);
      await setFaults({});
      expect(await allIsWell()).toBe('Live');
      expect(JSON.stringify(await portal.pods(EAST))).not.toContain(gone);
    },
  );

  it('is right again after its token has expired and another was put in its place', async () => {
    await newToken(2);
    // The token in use is refused, and so the file is read again; then the short one runs out.
    await setFaults({ status: 401 });
    await eventually(
      () => stateOf(EAST),
      state => state === 'AuthFailed',
    );
    await delay(2_000);
    await setFaults({});
    await replaceAPod(EAST);
    await delay(1_000);
    expect(await stateOf(EAST)).toBe('AuthFailed');
    await newToken(3_600);
    expect(await allIsWell()).toBe('Live');
  });

  it('shows nothing of what it may no longer read, and all of it once it may', async () => {
    const binding = (await manifests('watch.yaml')).find(
      ({ kind }) => kind === 'ClusterRoleBinding',
    )!;
    await east.delete(binding);
    await eventually(
      () => stateOf(EAST),
      state => state === 'Forbidden',
    );
    await nothingShown();
    await replaceAPod(EAST);
    await east.create(binding);
    expect(await allIsWell()).toBe('Live');
  });

  it('finds KServe where it is installed later', async () => {
    await setFaults({
      notServed: [
        'llminferenceservices.serving.kserve.io',
        'llminferenceserviceconfigs.serving.kserve.io',
        'leaderworkersets.leaderworkerset.x-k8s.io',
      ],
    });
    await eventually(
      () => stateOf(EAST),
      state => state === 'NotServed',
    );
    await nothingShown();
    await setFaults({});
    expect(await allIsWell()).toBe('Live');
  });

  it('follows a namespace that comes and is deleted', async () => {
    const [service] = await east.list(
      '/apis/serving.kserve.io/v1alpha2/namespaces/llm-demo/llminferenceservices?fieldSelector=metadata.name=qwen2-7b-chat',
    );
    const doomed = (object: Partial<KubeObject>): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      ...object,
      metadata: { name: 'doomed' },
    });
    await east.create(doomed({}));
    await east.create({
      apiVersion: service.apiVersion,
      kind: 'LLMInferenceService',
      metadata: { name: 'short-lived', namespace: 'doomed' },
      spec: service.spec,
    });
    const shortLived = async () => Object.keys(await portal.pods(EAST));
    await eventually(shortLived, names => names.includes('doomed/short-lived'));
    await east.delete(doomed({}));
    await eventually(
      async () =>
        (
          await portal.client.listServices({ text: 'short-lived' })
        ).total,
      total => total === 0,
    );
    expect(await allIsWell()).toBe('Live');
  });

  it('takes an object of two megabytes', async () => {
    const { store } = sandbox.players.get(EAST)!.context;
    const pod = store
      .list('pods')
      .find(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/name'] === QWEN.name &&
          metadata.labels['app.kubernetes.io/component'] ===
            'llminferenceservice-workload',
      )!;
    const status = structuredClone(pod.status) as {
      containerStatuses: Array<{ restartCount: number }>;
    };
    status.containerStatuses[0].restartCount = 7_777;
    store.updateStatus('pods', {
      ...pod,
      status: { ...status, message: 'x'.repeat(2 * 1024 * 1024) },
    });
    await eventually(
      async () => (await portal.client.getService(QWEN)).health.pools.decode,
      decode => decode?.restarts === 7_777,
    );
    await replaceAPod(EAST);
    expect(await allIsWell()).toBe('Live');
  });

  it('goes on through ten thousand events in a burst', async () => {
    const { store } = sandbox.players.get(EAST)!.context;
    for (let index = 0; index < 10_000; index += 1) {
      store.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `burst-${index}`, namespace: 'llm-demo' },
        involvedObject: {
          kind: 'LLMInferenceService',
          namespace: 'llm-demo',
          name: QWEN.name,
        },
        type: 'Warning',
        reason: 'Burst',
        message: `attempt ${index}`,
      });
    }
    await replaceAPod(EAST);
    expect(await allIsWell()).toBe('Live');
  });

  it('has told its readers of all that by the end', async () => {
    await replaceAPod(EAST);
    const { heard } = listener;
    const count = heard.length;
    await eventually(
      () => heard.slice(count),
      events =>
        events.some(
          event =>
            event.type === 'changed' &&
            event.data.services.some(({ cluster }) => cluster === EAST),
        ),
    );
    const states = heard.flatMap(event =>
      event.type === 'clusters'
        ? event.data.flatMap(({ name, state }) => (name === EAST ? state : []))
        : [],
    );
    expect(states).toEqual(
      expect.arrayContaining(['Stale', 'AuthFailed', 'Forbidden', 'NotServed']),
    );
    expect(states.at(-1)).toBe('Live');
    // Said when it changed, not again and again: the clusters are the same only while something else changes.
    expect(
      states.filter((state, index) => state === states[index - 1]).length,
    ).toBeLessThan(states.length);
  });
});
