import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  makeInformer,
  V1ConfigMap,
  Watch,
} from '@kubernetes/client-node';
import { createClusterStore } from '../../cluster/createClusterStore';
import { createKubernetesApi, KubernetesApi } from '../createKubernetesApi';

const configMap = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
});

describe('@kubernetes/client-node', () => {
  const store = createClusterStore('client-node');
  let api: KubernetesApi;
  let config: KubeConfig;

  beforeAll(async () => {
    api = await createKubernetesApi({ stores: [store] });
    config = new KubeConfig();
    config.loadFromString(api.clusters[0].kubeconfig('any-token'));
  });

  afterAll(() => api.close());

  it('lists, creates and reads', async () => {
    const core = config.makeApiClient(CoreV1Api);
    await core.createNamespacedConfigMap({
      namespace: 'default',
      body: {
        metadata: { name: 'made' },
        data: { a: '1' },
        apiVersion: 'v1',
        kind: 'ConfigMap',
      },
    });
    const { items, metadata } = await core.listNamespacedConfigMap({
      namespace: 'default',
    });
    expect(items.map(item => item.metadata?.name)).toEqual(['made']);
    expect(metadata?.resourceVersion).toMatch(/^\d+$/);
    const custom = config.makeApiClient(CustomObjectsApi);
    const services: unknown = await custom.listClusterCustomObject({
      group: 'serving.kserve.io',
      version: 'v1alpha2',
      plural: 'llminferenceservices',
    });
    expect(services).toMatchObject({ kind: 'LLMInferenceServiceList' });
    await expect(
      core.readNamespacedConfigMap({ namespace: 'default', name: 'absent' }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it('watches', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      let abort: AbortController | undefined;
      new Watch(config)
        .watch(
          '/api/v1/namespaces/default/configmaps',
          { fieldSelector: 'metadata.name=watched' },
          (type, object: V1ConfigMap) => {
            resolve(`${type} ${object.metadata?.name}`);
            abort?.abort();
          },
          error => reject(error),
        )
        .then(controller => {
          abort = controller;
          store.create('configmaps', configMap('watched'));
        }, reject);
    });
    expect(seen).toBe('ADDED watched');
  });

  it('feeds an informer', async () => {
    const core = config.makeApiClient(CoreV1Api);
    store.create('configmaps', configMap('before'));
    const informer = makeInformer(
      config,
      '/api/v1/namespaces/default/configmaps',
      () => core.listNamespacedConfigMap({ namespace: 'default' }),
    );
    const events: string[] = [];
    const record = (verb: string) => (object: V1ConfigMap) =>
      events.push(`${verb} ${object.metadata?.name}`);
    informer.on('add', record('add'));
    informer.on('update', record('update'));
    const deleted = new Promise<void>(resolve => {
      informer.on('delete', object => {
        record('delete')(object);
        resolve();
      });
    });
    await informer.start();
    const after = store.create('configmaps', configMap('after'));
    store.update('configmaps', { ...after, data: { a: '1' } });
    store.delete('configmaps', 'after', 'default');
    await deleted;
    await informer.stop();
    expect(events).toEqual(
      expect.arrayContaining(['add before', 'add after', 'update after']),
    );
    expect(events[events.length - 1]).toBe('delete after');
  });
});
