import { JsonRecord } from '../../cluster/json';
import { useCluster } from '../testing/sandbox';

const test = useCluster();
const COUNT = 5_000;

const pod = (index: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `pod-${String(index).padStart(5, '0')}`,
    namespace: `ns-${index % 7}`,
    labels: { parity: index % 2 ? 'odd' : 'even' },
  },
  spec: { containers: [{ name: 'main', image: 'main:1' }] },
});

interface PodList {
  metadata: { resourceVersion: string; continue?: string };
  items: Array<{ metadata: { name: string; namespace: string } }>;
}

const list = async (query: Record<string, string> = {}) =>
  (await test.client.get('/api/v1/pods', query)).body as unknown as PodList;

beforeAll(() => {
  for (let index = 0; index < COUNT; index += 1) {
    test.store.create('pods', pod(index));
  }
});

it('lists all of them, whole and in pages, in one order', async () => {
  const key = ({ metadata }: PodList['items'][number]) =>
    `${metadata.namespace}/${metadata.name}`;
  const whole = (await list()).items.map(key);
  expect(whole).toHaveLength(COUNT);
  expect(whole).toEqual([...whole].sort());
  const paged: string[] = [];
  let token: string | undefined;
  do {
    const page = await list({
      limit: '500',
      ...(token && { continue: token }),
    });
    paged.push(...page.items.map(key));
    token = page.metadata.continue;
    // What is written between the pages is not in them.
    test.store.create('pods', pod(COUNT + paged.length));
  } while (token);
  expect(paged).toEqual(whole);
});

it('knows no pages of version 0, like the watch cache', async () => {
  const { items, metadata } = await list({
    limit: '10',
    resourceVersion: '0',
    labelSelector: 'parity=odd',
  });
  expect(items).toHaveLength(COUNT / 2);
  expect(metadata.continue).toBeUndefined();
});

it('tells several watchers of every change in the same order', async () => {
  const { metadata } = await list({ limit: '1' });
  const watch = async (selector: string) => {
    const versions: number[] = [];
    for await (const { object } of test.client.watch('/api/v1/pods', {
      resourceVersion: metadata.resourceVersion,
      labelSelector: selector,
    })) {
      const { resourceVersion } = object.metadata as JsonRecord;
      versions.push(Number(resourceVersion));
      if (versions.length === 1_000) {
        break;
      }
    }
    return versions;
  };
  const watches = ['parity=even', 'parity=even', 'parity in (even)'].map(watch);
  for (let index = 0; index < 2_000; index += 1) {
    const { name, namespace } = pod(index).metadata;
    const current = test.store.get('pods', name, namespace);
    if (current) {
      test.store.updateStatus('pods', {
        ...current,
        status: { phase: 'Running' },
      });
    }
  }
  const [first, ...others] = await Promise.all(watches);
  expect(first).toEqual([...first].sort((a, b) => a - b));
  expect(others).toEqual([first, first]);
});
