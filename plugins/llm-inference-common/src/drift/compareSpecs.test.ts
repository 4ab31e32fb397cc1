import * as fc from 'fast-check';
import { arbitrarySpec } from '../manifest/__testUtils__/arbitrarySpecs';
import { generateManifests } from '../manifest/generate/generateManifests';
import type { PdServiceSpec } from '../manifest/spec/PdServiceSpec';
import { parsePdServiceSpec } from '../manifest/spec/parsePdServiceSpec';
import type { KubernetesObject } from '../resource/KubernetesObject';
import {
  CRDS_DIR,
  defaultCases,
  keyedLists,
  specSchema,
  withDefaults,
} from './__testUtils__/crdDefaults';
import {
  arbitraryDraws,
  changedAt,
  leavesOf,
  rewritten,
} from './__testUtils__/rewrite';
import { compareSpecs } from './compareSpecs';
import { entriesByKey } from './listKeys';

/** Generated services per property: making them is what takes the time. */
const RUNS = 150;

const service = (
  spec: object,
  metadata: KubernetesObject['metadata'] = {},
): KubernetesObject => ({
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceService',
  metadata: { name: 'qwen', namespace: 'llm', ...metadata },
  spec,
});

const pool = (main: object, more: object = {}) => ({
  template: { containers: [{ name: 'main', ...main }], ...more },
});

const paths = (desired: object, live: object) =>
  compareSpecs(service(desired), service(live)).differences.map(
    ({ path }) => path,
  );

function serviceOf(spec: PdServiceSpec): KubernetesObject {
  const file = generateManifests(spec).find(({ path }) =>
    path.endsWith('llm-inference-service.yaml'),
  );
  return file!.objects![0];
}

const arbitraryService = arbitrarySpec.map(input => {
  const parsed = parsePdServiceSpec(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return serviceOf(parsed.value);
});

describe('compareSpecs', () => {
  it('says where, which way and what', () => {
    const comparison = compareSpecs(
      service(
        {
          replicas: 2,
          ...pool({ env: [{ name: 'UCX_TLS', value: 'rc' }] }),
          prefill: { replicas: 2 },
        },
        { annotations: { 'backstage.io/entity-ref': 'component:default/q' } },
      ),
      service(
        {
          replicas: 3,
          ...pool({ env: [{ name: 'UCX_TLS', value: 'tcp' }] }),
          router: { scheduler: {} },
        },
        { annotations: { 'serving.kserve.io/stop': 'true' } },
      ),
    );
    expect(comparison).toEqual({
      total: 6,
      differences: [
        {
          path: 'metadata.annotations[backstage.io/entity-ref]',
          change: 'OnlyInGit',
          desired: 'component:default/q',
        },
        {
          path: 'metadata.annotations[serving.kserve.io/stop]',
          change: 'OnlyInCluster',
          live: 'true',
        },
        { path: 'spec.replicas', change: 'Changed', desired: '2', live: '3' },
        {
          path: 'spec.template.containers[main].env[UCX_TLS].value',
          change: 'Changed',
          desired: 'rc',
          live: 'tcp',
        },
        {
          path: 'spec.prefill',
          change: 'OnlyInGit',
          desired: '{"replicas":2}',
        },
        {
          path: 'spec.router',
          change: 'OnlyInCluster',
          live: '{"scheduler":{}}',
        },
      ],
    });
  });

  it('shows a default that is written out beside what is not it', () => {
    const { differences } = compareSpecs(
      service({ replicas: 1 }),
      service({ replicas: 2 }),
    );
    expect(differences).toEqual([
      { path: 'spec.replicas', change: 'Changed', desired: '1', live: '2' },
    ]);
  });

  it('takes what a controller and a server write for no difference', () => {
    const desired = service(
      { model: { uri: 'hf://Qwen/Qwen3-8B' }, router: { route: {} } },
      { labels: { team: 'search' } },
    );
    const live = service(
      {
        replicas: 1,
        model: { uri: 'hf://Qwen/Qwen3-8B', name: 'qwen' },
        router: { route: {} },
      },
      {
        uid: '1',
        generation: 4,
        resourceVersion: '77',
        managedFields: [{ manager: 'argocd-controller' }],
        labels: { team: 'search', 'app.kubernetes.io/instance': 'qwen-east' },
        annotations: {
          'argocd.argoproj.io/tracking-id': 'qwen-east:…',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    );
    live.status = { conditions: [{ type: 'Ready', status: 'True' }] };
    expect(compareSpecs(desired, live)).toEqual({ differences: [], total: 0 });
  });

  it.each([
    ['an empty object that switches something on', { scheduler: {} }, {}],
    [
      'an empty volume',
      { volumes: [{ name: 'a', emptyDir: {} }] },
      { volumes: [{ name: 'a' }] },
    ],
    ['an argument', { args: ['--a', ''] }, { args: ['--a'] }],
    ['the order of arguments', { args: ['--a', '1'] }, { args: ['1', '--a'] }],
    ['an empty selector value', { nodeSelector: { 'a.b/c': '' } }, {}],
    ['an amount', { limits: { cpu: '1' } }, { limits: { cpu: '1100m' } }],
    [
      'a variable that is twice there',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      {
        env: [
          { name: 'A', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
    ],
  ])('tells %s apart', (_what, desired, live) => {
    expect(paths(desired, live)).toHaveLength(
      _what.startsWith('a variable') ? 2 : 1,
    );
  });

  it.each([
    ['resources', pool({ resources: {} }), pool({})],
    [
      'quantities',
      pool({ resources: { limits: { 'rdma/roce_gdr': 1, cpu: '500m' } } }),
      pool({ resources: { limits: { 'rdma/roce_gdr': '1', cpu: 0.5 } } }),
    ],
    [
      'tolerations',
      { tolerations: [{ key: 'a' }, { key: 'b' }] },
      { tolerations: [{ key: 'b' }, { key: 'a' }] },
    ],
    ['flags', pool({}, { hostNetwork: false }), pool({})],
    [
      'an empty value',
      pool({ env: [{ name: 'A', value: '' }] }),
      pool({ env: [{ name: 'A' }] }),
    ],
  ])('takes equal %s for equal', (_what, desired, live) => {
    expect(paths(desired, live)).toEqual([]);
    expect(paths(live, desired)).toEqual([]);
  });

  it('shows no secrets, little text and few of many differences', () => {
    const env = (value: string) => [
      { name: 'HF_TOKEN', value },
      { name: 'PLAIN', value: value.repeat(200) },
      ...Array.from({ length: 100 }, (_, i) => ({ name: `N${i}`, value })),
    ];
    const { differences, total } = compareSpecs(
      service(pool({ env: env('hf_aaaaaaaaa1') })),
      service(pool({ env: env('hf_bbbbbbbbb2') })),
      { redact: text => text.replace(/hf_\w+/g, 'hf_***') },
    );
    expect(total).toBe(102);
    expect(differences).toHaveLength(50);
    expect(differences[0]).toMatchObject({
      path: 'spec.template.containers[main].env[HF_TOKEN].value',
      desired: '[redacted]',
    });
    expect(JSON.stringify(differences)).not.toMatch(/hf_[ab]/);
    const added = compareSpecs(
      service({}),
      service(pool({ env: [{ name: 'API_KEY', value: 'sesame' }] })),
    );
    expect(JSON.stringify(added)).not.toContain('sesame');
    for (const { desired } of differences) {
      expect(desired!.length).toBeLessThanOrEqual(300);
    }
  });

  it('takes anything for an object', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        const comparison = compareSpecs(
          { spec: a } as KubernetesObject,
          { spec: b, metadata: a } as KubernetesObject,
        );
        expect(comparison.total).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('takes a service that is written another way for the same', () => {
    fc.assert(
      fc.property(arbitraryService, arbitraryDraws, (desired, draws) => {
        const live = { ...desired, spec: rewritten(desired.spec, draws) };
        expect(compareSpecs(desired, live).differences).toEqual([]);
        expect(compareSpecs(live, desired).differences).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('finds every single change of a value, and only that', () => {
    fc.assert(
      fc.property(arbitraryService, arbitraryDraws, (desired, draws) => {
        const leaves = leavesOf(desired.spec);
        const leaf = leaves[draws.below(leaves.length)];
        const changed = changedAt(desired.spec, leaf);
        const live = { ...desired, spec: rewritten(changed, draws) };
        const { total, differences } = compareSpecs(desired, live);
        // A changed key of a list entry is an entry less and another one more.
        expect(differences.length).toBe(total);
        expect([1, 2]).toContain(total);
      }),
      { numRuns: RUNS },
    );
  });

  const real = CRDS_DIR ? describe : describe.skip;
  real('with the real definition (KSERVE_CRDS_DIR)', () => {
    it.each(['v1alpha1', 'v1alpha2'])('knows every default of %s', version => {
      const cases = defaultCases(specSchema(version));
      expect(cases.length).toBeGreaterThan(100);
      const unknown = cases.filter(
        ({ without, filled }) =>
          paths(without as object, filled as object).length > 0,
      );
      expect(unknown.map(({ path }) => path)).toEqual([]);
    });

    it('knows the keys of every list', () => {
      for (const [name, keys] of keyedLists(specSchema('v1alpha2'))) {
        const one = Object.fromEntries(keys.map(key => [key, `${key}-1`]));
        const two = Object.fromEntries(keys.map(key => [key, `${key}-2`]));
        expect([name, entriesByKey(name, [one, two])?.size]).toEqual([name, 2]);
      }
    });

    it('finds generated services in sync once the server has filled them in', () => {
      const schema = specSchema('v1alpha2');
      fc.assert(
        fc.property(arbitraryService, desired => {
          const live = { ...desired, spec: withDefaults(desired.spec, schema) };
          expect(compareSpecs(desired, live).differences).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    });
  });
});
