import { KubeObject, StoreEvent } from './ClusterStore';
import { createClusterStore } from './createClusterStore';
import { ManualClock } from './ManualClock';

const configMap = (name: string, extra: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  ...extra,
});

const deployment = (replicas: number): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas },
});

const owned = (name: string, owner: KubeObject): KubeObject => {
  const object = configMap(name);
  object.metadata.ownerReferences = [
    {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid ?? '',
    },
  ];
  return object;
};

function setUp() {
  const clock = new ManualClock();
  const store = createClusterStore('test', { clock, historyLimit: 10 });
  return { clock, store };
}

describe('MemoryClusterStore', () => {
  it('starts with the namespaces, roles and definitions of every cluster', () => {
    const { store } = setUp();
    expect(store.get('namespaces', 'default')).toBeDefined();
    expect(
      store.get(
        'customresourcedefinitions.apiextensions.k8s.io',
        'llminferenceservices.serving.kserve.io',
      ),
    ).toMatchObject({ spec: { names: { shortNames: ['llmisvc'] } } });
    expect(
      store.get('clusterroles.rbac.authorization.k8s.io', 'cluster-admin'),
    ).toBeDefined();
  });

  it('counts generations of specs only, and keeps status apart', () => {
    const { store } = setUp();
    const created = store.create('deployments.apps', deployment(1));
    expect(created.metadata.generation).toBe(1);
    const withStatus = store.updateStatus('deployments.apps', {
      ...created,
      status: { replicas: 1 },
    });
    expect(withStatus.metadata.generation).toBe(1);
    const scaled = store.update('deployments.apps', {
      ...deployment(2),
      status: { replicas: 99 },
    });
    expect(scaled).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 2 },
      status: { replicas: 1 },
    });
  });

  it('writes no version where nothing changes', () => {
    const { store } = setUp();
    const created = store.create('deployments.apps', deployment(1));
    expect(store.update('deployments.apps', deployment(1))).toBe(created);
    expect(store.version).toBe(Number(created.metadata.resourceVersion));
  });

  it('refuses a write that is built on an older version', () => {
    const { store } = setUp();
    const created = store.create('deployments.apps', deployment(1));
    store.update('deployments.apps', deployment(2));
    expect(() => store.update('deployments.apps', created)).toThrow(
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified',
    );
  });

  it('lists in the order of keys, and a list does not change later', () => {
    const { store } = setUp();
    for (const name of ['c', 'a', 'b']) {
      store.create('configmaps', configMap(name));
    }
    const before = store.snapshot('configmaps', 'default').objects;
    store.delete('configmaps', 'b', 'default');
    store.create('configmaps', configMap('aa'));
    const names = (objects: readonly KubeObject[]) =>
      objects.map(object => object.metadata.name);
    expect(names(before)).toEqual(['a', 'b', 'c']);
    expect(names(store.list('configmaps'))).toEqual(['a', 'aa', 'c']);
  });

  it('tells listeners of each write in one order, also of what listeners write', () => {
    const { store } = setUp();
    const seen: string[] = [];
    const note = (who: string) => (event: StoreEvent) =>
      seen.push(`${who} ${event.type} ${event.object.metadata.name}`);
    store.subscribe(event => {
      if (event.object.metadata.name === 'first' && event.type === 'ADDED') {
        store.create('configmaps', configMap('second'));
      }
    });
    store.subscribe(note('late'));
    store.create('configmaps', configMap('first'));
    expect(seen).toEqual(['late ADDED first', 'late ADDED second']);
  });

  it('collects what lost its owner, and what never had one', () => {
    const { clock, store } = setUp();
    const owner = store.create('configmaps', configMap('owner'));
    const child = store.create('configmaps', owned('child', owner));
    store.create('configmaps', owned('grandchild', child));
    store.create('configmaps', {
      ...owned('stray', { ...owner, metadata: { name: 'x', uid: 'nobody' } }),
    });
    clock.advance(0);
    expect(store.get('configmaps', 'child', 'default')).toBeDefined();
    expect(store.get('configmaps', 'stray', 'default')).toBeUndefined();
    store.delete('configmaps', 'owner', 'default');
    clock.advance(0);
    expect(store.list('configmaps')).toEqual([]);
  });

  it('gives pods on a node their grace period, and no other', () => {
    const { clock, store } = setUp();
    const pod = (name: string, spec: object): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec,
    });
    store.create(
      'pods',
      pod('placed', { nodeName: 'n', terminationGracePeriodSeconds: 5 }),
    );
    store.create('pods', pod('pending', {}));
    store.delete('pods', 'pending', 'default');
    expect(store.get('pods', 'pending', 'default')).toBeUndefined();
    store.delete('pods', 'placed', 'default');
    expect(store.get('pods', 'placed', 'default')?.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:05Z',
      deletionGracePeriodSeconds: 5,
    });
    clock.advance(5_000);
    expect(store.get('pods', 'placed', 'default')).toBeUndefined();
  });

  it('forgets old changes', () => {
    const { store } = setUp();
    const start = store.version;
    for (let index = 0; index < 25; index += 1) {
      store.create('configmaps', configMap(`n${index}`));
    }
    expect(store.changesSince('configmaps', start)).toBeUndefined();
    expect(store.changesSince('configmaps', store.version - 3)).toHaveLength(3);
    store.expireHistory();
    expect(store.changesSince('configmaps', store.version - 1)).toBeUndefined();
    expect(store.changesSince('configmaps', store.version)).toEqual([]);
  });

  it('does not have what it is made without', () => {
    const store = createClusterStore('small', {
      without: ['leader-worker-set'],
      kserveVersions: ['v1alpha1'],
    });
    expect(() =>
      store.kind('leaderworkersets.leaderworkerset.x-k8s.io'),
    ).toThrow('the server could not find the requested resource');
    expect(
      store.kind('llminferenceservices.serving.kserve.io').versions,
    ).toEqual(['v1alpha1']);
  });
});
