import { useCluster } from '../../testing/sandbox';

// Without schemas, so that the webhook alone speaks.
const test = useCluster({ crdsDir: '' });
const path =
  '/apis/serving.kserve.io/v1alpha2/namespaces/default/llminferenceservices';

const service = (spec: object, name = 'svc') => ({
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceService',
  metadata: { name },
  spec: { model: { uri: 'hf://a/b' }, ...spec },
});

/** What is refused, as field and the last part of the words. */
async function findings(spec: object): Promise<string[]> {
  const { body } = await test.client.post(path, service(spec), {
    dryRun: 'All',
  });
  const { causes = [] } = (body.details ?? {}) as {
    causes?: Array<{ field: string; message: string }>;
  };
  return causes.map(
    ({ field, message }) => `${field}: ${message.split(': ').pop()}`,
  );
}

it('names the model after the service', async () => {
  const { body } = await test.client.post(path, service({}, 'named'));
  expect(body.spec).toMatchObject({ model: { name: 'named' } });
});

it('denies in the words of an admission webhook', async () => {
  const { status, body } = await test.client.post(
    path,
    service({ parallelism: { data: 2 } }, 'denied'),
  );
  expect(status).toBe(422);
  expect(body).toMatchObject({
    reason: 'Invalid',
    message:
      'admission webhook "llminferenceservice.kserve-webhook-server.v1alpha2.validator" denied the request: LLMInferenceService.serving.kserve.io "denied" is invalid: spec.parallelism.dataLocal: Invalid value: "null": dataLocal must be set when data is set',
  });
});

const http = 'spec.router.route.http';

it.each([
  [{}, []],
  [{ prefill: { replicas: 1 }, router: { route: {}, gateway: {} } }, []],
  [
    { worker: { containers: [] } },
    [
      'spec.worker: when worker is specified, parallelism must be configured for either data parallelism or pipeline parallelism',
    ],
  ],
  [
    { prefill: { parallelism: { pipeline: 2, data: 2, dataLocal: 1 } } },
    [
      'spec.prefill.parallelism: cannot set both pipeline parallelism and data parallelism (data or dataLocal) simultaneously',
    ],
  ],
  [
    { router: { route: { http: { refs: [{ name: 'r' }] } }, gateway: {} } },
    [
      `${http}.refs: custom HTTP routes ('${http}.refs') cannot be used with a managed gateway ('spec.router.gateway'); either remove '${http}.refs' or set 'spec.router.gateway.refs'`,
    ],
  ],
  [
    {
      router: {
        route: { http: { spec: { parentRefs: [{ name: 'one' }] } } },
        gateway: { refs: [{ name: 'two' }] },
      },
    },
    [
      `${http}.spec: managed HTTP route spec ('${http}.spec') has parentRefs that conflict with custom gateway refs ('spec.router.gateway.refs'); either remove 'spec.router.gateway.refs' or '${http}.spec.parentRefs'`,
    ],
  ],
  [
    { router: { route: { weight: 1 } } },
    ['spec.router.route.group: weight requires group'],
  ],
  [
    { router: { scheduler: { config: {} } } },
    ['spec.router.scheduler.config: either inline or ref is required'],
  ],
  [
    {
      scaling: { maxReplicas: 2, wva: { hpa: {} } },
      prefill: { scaling: { maxReplicas: 2, wva: { keda: {} } } },
    },
    [
      'spec.prefill.scaling.wva: decode and prefill must use the same actuator backend; decode uses hpa but prefill uses keda — mixing backends requires two separate metric pipelines and leads to independent, unsynchronised scaling decisions',
    ],
  ],
  [
    {
      scaling: { maxReplicas: 2, keda: { triggers: [{}] } },
      prefill: { scaling: { maxReplicas: 2, wva: { hpa: {} } } },
    },
    [
      'spec.prefill.scaling: decode and prefill must use the same scaling mode; decode uses direct keda but prefill uses wva',
    ],
  ],
  [
    {
      model: {
        uri: 'hf://a',
        name: 'm',
        lora: { adapters: [{ name: 'm' }, { name: '..' }, {}] },
      },
    },
    [
      'spec.model.lora.adapters[0].name: adapter name must differ from base model name "m"',
      'spec.model.lora.adapters[1].name: adapter name must not include "." or ".." (path traversal risk)',
      'spec.model.lora.adapters[2].name: adapter name is required',
    ],
  ],
  [
    { rolloutStrategy: { maxUnavailable: '25%', maxSurge: 0 } },
    [
      'spec.rolloutStrategy: maxUnavailable and maxSurge cannot both be zero; this would prevent any rolling update progress',
    ],
  ],
])('%j', async (spec: object, expected: string[]) => {
  expect(await findings(spec)).toEqual(expected);
});

it('keeps the size of a group, and nothing else', async () => {
  const worker = { containers: [{ name: 'main' }] };
  await test.client.post(
    path,
    service({ worker, parallelism: { pipeline: 2 } }, 'sized'),
  );
  const resized = await test.client.patch(`${path}/sized`, 'merge', {
    spec: { parallelism: { pipeline: 3 } },
  });
  expect(resized.status).toBe(422);
  expect(resized.body.message).toContain(
    'spec.parallelism: Unsupported value: 3: total parallelism size is immutable, previous size 2, curr size 3',
  );
  const scaled = await test.client.patch(`${path}/sized`, 'merge', {
    spec: { replicas: 3, parallelism: { tensor: 4 } },
  });
  expect(scaled.status).toBe(200);
});
