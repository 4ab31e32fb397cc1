import {
  both,
  changed,
  D,
  devices,
  goodPolicy,
  goodService,
  GPU,
  P,
  RDMA,
  TLS,
} from './__fixtures__/services';
import { lintManifests } from './lintManifests';

const idsOf = (objects: readonly unknown[], options = {}) =>
  lintManifests(objects, options).map(({ id }) => id);

const config = (name: string, spec: unknown, namespace?: string) => ({
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceServiceConfig',
  metadata: { name, namespace },
  spec,
});

describe('what is judged', () => {
  it('is only an LLMInferenceService', () => {
    const faulty = changed({ 'metadata.name': 'Not A Name' });
    expect(
      idsOf([
        { ...faulty, kind: 'InferenceService' },
        { ...faulty, apiVersion: 'example.com/v1' },
        { ...faulty, kind: 'LLMInferenceServiceConfig' },
      ]),
    ).toEqual([]);
    expect(idsOf([faulty, goodPolicy])).toEqual(['service-name-invalid']);
  });

  it('is found in a list', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [goodPolicy, changed({ 'metadata.name': '1' })],
    };
    expect(idsOf([list])).toEqual(['service-name-invalid']);
  });

  it('says which of several services is meant', () => {
    const findings = lintManifests([
      changed({ 'metadata.name': 'b', 'spec.replicas': 0 }),
      changed({ 'metadata.name': 'a', [`${D}.command`]: ['x'] }),
      goodPolicy,
    ]);
    expect(findings.map(({ object, level }) => [level, object])).toEqual([
      ['error', 'LLMInferenceService/a'],
      ['warning', 'LLMInferenceService/b'],
    ]);
  });

  it('may be an object as a cluster returns it', () => {
    const live = changed({
      'metadata.uid': '1',
      'metadata.generation': 3,
      'metadata.creationTimestamp': '2026-11-22T10:00:00Z',
      'metadata.managedFields': [
        { manager: 'kubectl', fieldsV1: { 'f:spec': { 'f:template': {} } } },
      ],
      'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]':
        '{"spec":"{{ }}"}',
      'spec.prefill.template.containers[0].resources.limits["rdma/roce_gdr"]':
        '1',
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    });
    expect(idsOf([live, goodPolicy], { tls: false })).toEqual([]);
  });
});

describe('order', () => {
  it('is errors first, then by path, with numbers as numbers', () => {
    const findings = lintManifests([
      changed({
        'spec.replicas': 0,
        [`${D}.env[12]`]: { name: 'X', value: 1 },
        [`${D}.env[5]`]: { name: 'Y', value: true },
        [`${P}.command`]: ['x'],
      }),
      goodPolicy,
    ]);
    expect(findings.map(({ path }) => path)).toEqual([
      `${P}.command`,
      `${D}.env[5].value`,
      `${D}.env[12].value`,
      'spec.replicas',
    ]);
  });
});

describe('base configurations', () => {
  const half = (changes: object) =>
    changed({ 'spec.baseRefs': [{ name: 'base' }], ...changes });
  const spec = goodService().spec;

  it('fill what a service leaves out', () => {
    const service = half({
      'spec.template': undefined,
      'spec.prefill.template': undefined,
      'spec.router': undefined,
      'spec.model': undefined,
    });
    expect(idsOf([service, goodPolicy, config('base', spec)])).toEqual([]);
    expect(
      idsOf([service, goodPolicy], { baseConfigs: [config('base', spec)] }),
    ).toEqual([]);
  });

  it('that are not known keep absences from being faults', () => {
    const service = half({
      'spec.template': undefined,
      'spec.prefill': {},
      'spec.router': undefined,
      'spec.model': undefined,
    });
    expect(idsOf([service])).toEqual([]);
  });

  it('do not hide what the service itself says wrong', () => {
    const service = half({ [`${D}.${TLS}`]: 'sm,self' });
    expect(idsOf([service, goodPolicy])).toEqual([
      'ucx-transports-misconfigured',
    ]);
  });

  it('are judged with the service, at the paths that the merged spec has', () => {
    const faulty = changed({
      [`${D}.env[0].value`]: 'yes',
      [`${D}.env[4]`]: { name: 'UCX_NET_DEVICES', value: 'mlx5_0' },
    }).spec;
    const own = half({
      'spec.template': {
        automountServiceAccountToken: false,
        containers: [
          { name: 'main', env: [{ name: 'KSERVE_INFER_ROCE', value: 'true' }] },
        ],
      },
    });
    const findings = lintManifests([own, goodPolicy, config('base', faulty)]);
    expect(findings.map(({ id }) => id)).toEqual([
      'ucx-net-devices',
      'ucx-net-devices',
    ]);
  });

  it('of the same name in another namespace are not taken', () => {
    const service = half({ 'spec.prefill': {} });
    const other = config('base', spec, 'elsewhere');
    const shared = config('base', spec, 'kserve');
    expect(idsOf([service, other])).toEqual([]);
    expect(idsOf([service, other, shared, goodPolicy])).toEqual([]);
  });

  it('win over each other in their order', () => {
    const service = changed({
      'spec.baseRefs': [{ name: 'first' }, { name: 'last' }],
      'spec.replicas': undefined,
    });
    const ids = (first: number, last: number) =>
      idsOf([
        service,
        goodPolicy,
        config('first', { replicas: first }),
        config('last', { replicas: last }),
      ]);
    expect(ids(0, 1)).toEqual([]);
    expect(ids(1, 0)).toEqual(['replicas-zero']);
  });

  it('replace neither arguments nor other lists in part', () => {
    const service = half({ [`${D}.args`]: ['--seed', '1'] });
    const base = config('base', {
      template: { containers: [{ name: 'main', args: ['$(id)'] }] },
    });
    expect(idsOf([service, goodPolicy, base])).toEqual([]);
  });
});

it('judges the same fault in both pools once each', () => {
  const service = changed({
    ...devices({ [GPU]: '2', [RDMA]: 1 }),
    ...both('command', ['x']),
  });
  expect(idsOf([service, goodPolicy])).toEqual([
    'command-override',
    'gpu-tensor-mismatch',
    'command-override',
    'gpu-tensor-mismatch',
  ]);
});
