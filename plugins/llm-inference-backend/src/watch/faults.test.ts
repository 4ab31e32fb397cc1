import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import type { SeenRequest } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { watchCluster } from '../__testUtils__/watchCluster';
import { tokenFile } from '../clusters/credentials';

const DECODE_0 = 'qwen-kserve-0';
const DECODE_1 = 'qwen-kserve-1';
const DECODE_2 = 'qwen-kserve-2';

const isWatch = ({ query }: SeenRequest) => query.get('watch') === 'true';
const isPods = ({ path }: SeenRequest) => path.endsWith('/pods');

describe('watching through faults', () => {
  let cluster: FakeKubernetes;
  let watched: ReturnType<typeof watchCluster>;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(llmService('qwen'), pod('qwen', 'decode', 0));
  });

  afterEach(async () => {
    await watched.watcher.stop();
    await eventually(
      () => cluster.openConnections,
      open => open === 0,
    );
    await cluster.stop();
  });

  async function live(options?: Parameters<typeof watchCluster>[1]) {
    watched = watchCluster(cluster, options);
    await eventually(
      () => watched.watcher.status(),
      () => watched.watcher.settled,
    );
    await eventually(
      () => cluster.openWatches,
      open => open >= 10,
    );
  }

  const podsBecome = (...names: string[]) =>
    eventually(
      () => watched.pods('qwen'),
      pods => JSON.stringify(pods) === JSON.stringify(names),
    );

  it('reads long lists page by page', async () => {
    for (let i = 1; i < 7; i += 1) cluster.put(pod('qwen', 'decode', i));
    await live();
    expect(watched.pods('qwen')).toHaveLength(7);
    expect(
      cluster.requests.filter(seen => isPods(seen) && !isWatch(seen)),
    ).toHaveLength(4);
  });

  it('is correct again after the API server has restarted, with what happened meanwhile', async () => {
    await live();
    await cluster.stop();
    await eventually(
      () => watched.watcher.freshness(),
      ({ state }) => state === 'Stale',
    );
    expect(watched.pods('qwen')).toEqual([DECODE_0]);
    cluster.delete(pod('qwen', 'decode', 0));
    cluster.put(pod('qwen', 'decode', 1));
    await cluster.listen();
    await podsBecome(DECODE_1);
    await eventually(
      () => watched.watcher.freshness(),
      ({ state }) => state === 'Live',
    );
  });

  it('loses nothing while every watch is cut again and again', async () => {
    await live();
    for (let i = 1; i <= 5; i += 1) {
      cluster.cutWatches();
      cluster.put(pod('qwen', 'decode', i));
      await delay(30);
    }
    expect(
      await eventually(
        () => watched.pods('qwen'),
        pods => pods.length === 6,
      ),
    ).toBeDefined();
  });

  it('goes on where a watch ended, without reading the list again', async () => {
    await live({ timings: { watchMs: 1_000 } });
    const lists = () =>
      cluster.requests.filter(seen => isPods(seen) && !isWatch(seen)).length;
    const before = lists();
    await eventually(
      () => cluster.requests.filter(seen => isPods(seen) && isWatch(seen)),
      watches => watches.length >= 3,
    );
    expect(lists()).toBe(before);
  });

  it('survives a storm of 410', async () => {
    await live();
    for (let i = 0; i < 5; i += 1) {
      cluster.compact();
      cluster.cutWatches();
      await delay(20);
    }
    cluster.delete(pod('qwen', 'decode', 0));
    cluster.put(pod('qwen', 'decode', 2));
    await podsBecome(DECODE_2);
    expect(watched.state('pods')).toBe('Live');
  });

  it('does not press a cluster that answers every watch with 410', async () => {
    cluster.fault = seen =>
      isPods(seen) && isWatch(seen)
        ? { body: '{"type":"ERROR","object":{"code":410,"message":"old"}}\n' }
        : undefined;
    watched = watchCluster(cluster, {
      timings: { backoff: { firstMs: 50, longestMs: 400 } },
    });
    const asked = () => cluster.requests.filter(isPods).length;
    await delay(1_500);
    expect(asked()).toBeLessThan(30);
    expect(await eventually(asked, count => count > 4)).toBeDefined();
  });

  it('waits as long as a 429 asks, then goes on', async () => {
    let refused = 0;
    cluster.fault = seen => {
      if (!isPods(seen) || refused > 0) return undefined;
      refused += 1;
      return { answer: 429, headers: { 'retry-after': '1' } };
    };
    const startedAt = performance.now();
    await live();
    await podsBecome(DECODE_0);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  });

  it('tells of a server error once, and of its end once', async () => {
    await live();
    cluster.fault = seen => (isPods(seen) ? { answer: 500 } : undefined);
    cluster.cutWatches();
    await eventually(
      () => watched.state('pods'),
      state => state === 'Stale',
    );
    await delay(300);
    cluster.fault = () => undefined;
    await eventually(
      () => watched.state('pods'),
      state => state === 'Live',
    );
    const aboutPods = watched.logged.filter(line => line.includes(', pods:'));
    expect(aboutPods.map(line => /: (\w+ -> \w+)/.exec(line)?.[1])).toEqual([
      'Live -> Stale',
      'Stale -> Live',
    ]);
  });

  it('gives up a request that hangs, and keeps the other resources live', async () => {
    cluster.fault = seen => (isPods(seen) ? 'hang' : undefined);
    watched = watchCluster(cluster, { answerMs: 300 });
    await eventually(
      () => [watched.state('pods'), watched.state('llminferenceservices')],
      ([pods, services]) => pods === 'Unreachable' && services === 'Live',
    );
    cluster.fault = () => undefined;
    expect(await podsBecome(DECODE_0)).toHaveLength(1);
  });

  it('gives up a watch whose answer never begins', async () => {
    let silent = true;
    cluster.fault = seen =>
      isPods(seen) && isWatch(seen) && silent ? 'hang' : undefined;
    await live({ answerMs: 300 }).catch(() => undefined);
    cluster.put(pod('qwen', 'decode', 1));
    silent = false;
    expect(await podsBecome(DECODE_0, DECODE_1)).toHaveLength(2);
  });

  it('cuts a watch that outlives its end without a word', async () => {
    await live({ timings: { watchMs: 1_000, graceMs: 100 } });
    cluster.muteWatches();
    cluster.put(pod('qwen', 'decode', 1));
    expect(await podsBecome(DECODE_0, DECODE_1)).toHaveLength(2);
  });

  it('drops what it may no longer read, and reads it again once it may', async () => {
    await live();
    cluster.fault = seen => (isPods(seen) ? { answer: 403 } : undefined);
    cluster.cutWatches();
    await podsBecome();
    expect(watched.state('pods')).toBe('Forbidden');
    expect(watched.watcher.access()).toEqual({ pods: 'Forbidden' });
    cluster.fault = () => undefined;
    await podsBecome(DECODE_0);
    expect(watched.watcher.access()).toEqual({});
  });

  it('finds a kind that is installed later', async () => {
    cluster.notServed.add('LLMInferenceService').add('LeaderWorkerSet');
    watched = watchCluster(cluster);
    await eventually(
      () => watched.state('llminferenceservices'),
      state => state === 'NotServed',
    );
    expect([...watched.store.services()]).toEqual([]);
    cluster.notServed.clear();
    await eventually(
      () => [...watched.store.services()],
      services => services.length === 1,
    );
  });

  /** The cluster has the service in the first version of its kind only. */
  function serveOldVersionOf(name: string) {
    cluster.notServed.add('LLMInferenceService');
    cluster.documents.set(
      '/apis/serving.kserve.io/v1alpha1/llminferenceservices',
      JSON.stringify({
        kind: 'LLMInferenceServiceList',
        apiVersion: 'serving.kserve.io/v1alpha1',
        metadata: { resourceVersion: '1' },
        items: [{ metadata: { name, namespace: 'llm' } }],
      }),
    );
  }

  it('reads v1alpha1 where nothing newer is served', async () => {
    serveOldVersionOf('old');
    watched = watchCluster(cluster);
    expect(
      await eventually(
        () => watched.store.serviceResource('llm', 'old')?.apiVersion,
        version => version === 'serving.kserve.io/v1alpha1',
      ),
    ).toBeDefined();
  });

  it('goes over to the newest version when that is served later', async () => {
    serveOldVersionOf('qwen');
    cluster.fault = ({ path, query }) =>
      path.includes('v1alpha1') && query.get('watch')
        ? {
            body: '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"2"}}}\n',
          }
        : undefined;
    watched = watchCluster(cluster);
    const versionBecomes = (wanted: string) =>
      eventually(
        () => watched.store.serviceResource('llm', 'qwen')?.apiVersion,
        version => version === `serving.kserve.io/${wanted}`,
      );
    expect(await versionBecomes('v1alpha1')).toBeDefined();
    cluster.notServed.clear();
    expect(await versionBecomes('v1alpha2')).toBeDefined();
    expect(watched.pods('qwen')).toEqual([DECODE_0]);
  });

  it('reads a rotated token at once when the old one is refused', async () => {
    const directory = createMockDirectory({ content: { token: 'first\n' } });
    let valid = 'Bearer first';
    cluster.fault = seen =>
      seen.authorization === valid ? undefined : { answer: 401 };
    await live({ credential: tokenFile(directory.resolve('token')) });
    valid = 'Bearer second';
    cluster.cutWatches();
    await eventually(
      () => watched.state('pods'),
      state => state === 'AuthFailed',
    );
    expect(watched.pods('qwen')).toEqual([DECODE_0]);
    await writeFile(directory.resolve('token'), 'second');
    cluster.put(pod('qwen', 'decode', 1));
    await podsBecome(DECODE_0, DECODE_1);
    expect(watched.logged.join()).not.toMatch(/Bearer|first|second/);
  });

  it('follows a namespace that is deleted', async () => {
    await live();
    cluster.delete(pod('qwen', 'decode', 0));
    cluster.delete(llmService('qwen'));
    await eventually(
      () => [...watched.store.services()],
      services => services.length === 0,
    );
    expect(
      await eventually(
        () => watched.store.counts(),
        counts => counts.pods === 0,
      ),
    ).toBeDefined();
  });

  it('passes over malformed objects and takes very large ones', async () => {
    await live();
    cluster.sendRaw('Pod', '{"type":"MODIFIED","object":{"metadata":null}}');
    cluster.sendRaw(
      'Pod',
      '{"type":"ADDED","object":{"metadata":{"name":"odd","namespace":"llm","labels":[1]},"spec":7,"status":{"conditions":"no"}}}',
    );
    const large = pod('qwen', 'decode', 1);
    cluster.put({
      ...large,
      metadata: {
        ...large.metadata,
        annotations: { note: 'x'.repeat(2 * 1024 * 1024) },
      },
    });
    expect(await podsBecome(DECODE_0, DECODE_1)).toHaveLength(2);
  });

  it('reads the list anew after a line that is no JSON', async () => {
    await live();
    cluster.sendRaw('Pod', '{"type":"MODIFIED","obj');
    cluster.put(pod('qwen', 'decode', 2));
    expect(await podsBecome(DECODE_0, DECODE_2)).toHaveLength(2);
  });

  it('keeps the newest events of what matters through a burst of ten thousand', async () => {
    await live();
    const event = (name: string, about: string, index: number) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: 'llm' },
      involvedObject: { kind: 'Pod', namespace: 'llm', name: about },
      reason: 'FailedScheduling',
      message: `attempt ${index}`,
    });
    for (let i = 0; i < 10_000; i += 1) {
      cluster.put(event(`burst-${i}`, i % 10 ? `foreign-${i}` : DECODE_0, i));
    }
    await eventually(
      () =>
        watched.store
          .objectsOf('llm', 'qwen')
          .filter(({ kind }) => kind === 'Event')
          .map(({ message }) => message),
      messages => messages.includes('attempt 9990') && messages.length <= 25,
    );
    expect(watched.store.counts().events).toBeLessThan(1_100);
  });

  it('goes on through a jump of the clock', async () => {
    let offset = 0;
    await live({
      clock: {
        now: () => Date.now() + offset,
        sleep: async (ms, signal) => {
          await delay(ms, undefined, { signal });
        },
        random: Math.random,
      },
    });
    offset = 7 * 3_600_000;
    cluster.put(pod('qwen', 'decode', 1));
    await podsBecome(DECODE_0, DECODE_1);
    offset = -7 * 3_600_000;
    cluster.cutWatches();
    cluster.put(pod('qwen', 'decode', 2));
    await podsBecome(DECODE_0, DECODE_1, DECODE_2);
    expect(watched.watcher.freshness().state).toBe('Live');
  });

  it('keeps foreign pods out of memory, and watches only the namespaces it is told to', async () => {
    cluster.put({
      ...pod('qwen', 'decode', 9),
      metadata: { name: 'foreign', namespace: 'llm', labels: { app: 'x' } },
    });
    watched = watchCluster(cluster, { namespaces: ['llm', 'research'] });
    await eventually(
      () => cluster.requests.map(({ path }) => path),
      paths =>
        paths.includes('/api/v1/namespaces/research/pods') &&
        paths.includes('/api/v1/namespaces/llm/pods'),
    );
    expect(cluster.requests.map(({ path }) => path)).not.toContain(
      '/api/v1/pods',
    );
    await eventually(
      () => watched.pods('qwen'),
      pods => pods.length === 1,
    );
    expect(watched.store.counts().pods).toBe(1);
  });
});
