import { useCluster } from '../testing/sandbox';

// The schemas of both versions are not what this is about.
const test = useCluster({ crdsDir: '' });
const path = (version: string) =>
  `/apis/serving.kserve.io/${version}/namespaces/default/llminferenceservices`;

it('shows an older version what it knows', async () => {
  await test.client.post(path('v1alpha2'), {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: { name: 'pd' },
    spec: {
      model: { uri: 'hf://a/b' },
      kvCacheOffloading: { cpu: '1Gi' },
      prefill: { replicas: 1, kvCacheOffloading: { cpu: '1Gi' } },
    },
  });
  await test.client.patch(`${path('v1alpha2')}/pd/status`, 'merge', {
    status: {
      url: 'http://pd',
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [
        { name: 'internal', url: 'http://pd', origin: {}, models: [] },
      ],
      workloads: { primary: { name: 'pd-kserve' } },
      appliedConfigs: [{ name: 'x' }],
      router: { scheduler: {} },
    },
  });
  const older = await test.client.get(`${path('v1alpha1')}/pd`);
  expect(older.body).toMatchObject({
    apiVersion: 'serving.kserve.io/v1alpha1',
  });
  expect(older.body.spec).toEqual({
    model: { uri: 'hf://a/b', name: 'pd' },
    prefill: { replicas: 1 },
  });
  expect(older.body.status).toEqual({
    url: 'http://pd',
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ name: 'internal', url: 'http://pd' }],
  });
  const newer = await test.client.get(`${path('v1alpha2')}/pd`);
  expect(newer.body.status).toHaveProperty('workloads');
});

it('keeps status when the older version writes the spec', async () => {
  await test.client.patch(`${path('v1alpha1')}/pd`, 'merge', {
    spec: { prefill: { replicas: 2 } },
  });
  const { body } = await test.client.get(`${path('v1alpha2')}/pd`);
  expect(body).toMatchObject({
    apiVersion: 'serving.kserve.io/v1alpha2',
    spec: { prefill: { replicas: 2 } },
    status: { workloads: { primary: { name: 'pd-kserve' } } },
  });
});
