import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse } from 'yaml';

import {
  runAction,
  startActions,
  type World,
} from '../__testUtils__/startActions';
import { PROFILES } from '../__testUtils__/profiles';

const REQUEST = {
  profile: 'h100-roce',
  name: 'qwen2-7b-pd',
  model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' },
  prefill: { replicas: 2 },
  decode: { replicas: 1 },
  owner: 'group:default/ml-platform',
};

describe('llm-inference:generate', () => {
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  const run = (input: object, world?: World) =>
    runAction('llm-inference:generate', {
      input,
      workspacePath: workspace.path,
      world,
    });

  it('writes the folder of the service and says where it goes', async () => {
    const output = await run(REQUEST);

    expect(output).toMatchObject({
      repoUrl: 'github.com?owner=platform&repo=llm-gitops',
      targetBranch: 'main',
      branchName: 'llm-inference/create-qwen2-7b-pd',
      folder: 'services/qwen2-7b-pd',
      entityRef: 'component:default/qwen2-7b-pd',
    });
    for (const path of output.files as string[]) {
      expect(existsSync(join(workspace.path, path))).toBe(true);
    }
    const service = parse(
      readFileSync(
        join(
          workspace.path,
          'services/qwen2-7b-pd/base/llm-inference-service.yaml',
        ),
        'utf8',
      ),
    );
    expect(service.spec.prefill.replicas).toBe(2);
  });

  it('writes to the root of a repository of its own', async () => {
    await run({ ...REQUEST, repository: 'own' });
    expect(readdirSync(workspace.path).sort()).toEqual([
      '.github',
      'CODEOWNERS',
      'README.md',
      'base',
      'catalog-info.yaml',
      'docs',
      'mkdocs.yml',
      'overlays',
    ]);
  });

  it('refuses a model that does not fit into the GPUs', async () => {
    const large = {
      ...REQUEST,
      model: { uri: 'hf://Qwen/Qwen3-32B' },
      engine: { 'max-model-len': 40960 },
    };
    await expect(run(large)).rejects.toThrow('do not fit into the GPUs');
    expect(readdirSync(workspace.path)).toEqual([]);
    const parallelism = { tensor: 4 };
    await run({
      ...large,
      prefill: { replicas: 1, parallelism },
      decode: { replicas: 1, parallelism },
    });
  });

  it('asks for the numbers of a model that are not shipped, and does without', async () => {
    const uri = 'hf://Qwen/Qwen-of-tomorrow';
    const request = { ...REQUEST, model: { uri } };
    const page = () =>
      readFileSync(
        join(workspace.path, 'services/qwen2-7b-pd/docs/index.md'),
        'utf8',
      );
    await run(request);
    expect(page()).not.toContain('KV cache of one token');

    const architecture = {
      kvLayers: 10,
      attentionHeads: 16,
      kv: { kind: 'heads', kvHeads: 4, headDim: 128 },
      weightBytes: 200e9,
      contextTokens: 1000,
    };
    const refused = run(request, { models: { [uri]: architecture } });
    await expect(refused).rejects.toThrow('do not fit into the GPUs');
    await run(request, {
      models: { [uri]: { ...architecture, weightBytes: 2e9 } },
    });
    // 2 × 10 layers × 4 heads × 128 numbers × 2 bytes
    expect(page()).toContain('KV cache of one token: 20,480 bytes');
  });

  it('asks for the weights of a model of which only the shape ships, and keeps the shape', async () => {
    const uri = 'hf://meta-llama/Llama-3.3-70B-Instruct';
    const request = { ...REQUEST, model: { uri } };
    const world = {
      models: { [uri]: { kvLayers: 1, weightBytes: 141e9 } },
    };
    const page = () =>
      readFileSync(
        join(workspace.path, 'services/qwen2-7b-pd/docs/index.md'),
        'utf8',
      );
    await run(request);
    // 2 × 80 layers × 8 heads × 128 numbers × 2 bytes
    expect(page()).toContain('KV cache of one token: 327,680 bytes');
    await expect(run(request, world)).rejects.toThrow(
      'do not fit into the GPUs',
    );
    const parallelism = { tensor: 4 };
    await run(
      {
        ...request,
        prefill: { replicas: 1, parallelism },
        decode: { replicas: 1, parallelism },
      },
      world,
    );
    expect(page()).toContain('KV cache of one token: 327,680 bytes');
  });

  it('gives the same result when it runs a second time', async () => {
    const first = await run(REQUEST);
    const before = workspace.content();
    expect(await run(REQUEST)).toEqual(first);
    expect(workspace.content()).toEqual(before);
  });

  describe.each([
    [
      'an unknown profile',
      { profile: 'h200' },
      "profile: 'h200' is not on offer; choose 'h100-roce', 'cpu-trial'",
    ],
    [
      'a dot in the name',
      { name: 'qwen2.5-7b' },
      "name: 'qwen2.5-7b' holds a dot. The name becomes a Kubernetes Service, whose name may not (DNS-1035). Try 'qwen2-5-7b'",
    ],
    [
      'a leading digit in the name',
      { name: '7b-qwen' },
      "name: '7b-qwen' starts with a digit. The name becomes a Kubernetes Service and must start with a letter (DNS-1035). Try 'b-qwen'",
    ],
    [
      'a name that KServe would cut',
      { name: 'a'.repeat(39) },
      `name: '${'a'.repeat(
        39,
      )}' has 39 characters. At most 38: KServe appends to the name, and what passes 63 characters is cut and hashed`,
    ],
    [
      'a namespace that is not on offer',
      { namespace: 'kube-system' },
      "namespace: 'kube-system' is not a namespace of profile 'h100-roce'; choose 'llm-demo'",
    ],
    [
      'more GPUs than the profile allows',
      { decode: { replicas: 8, parallelism: { tensor: 8 } } },
      "decode.replicas: both pools together would use up to 66 GPUs; profile 'h100-roce' allows 32 per service",
    ],
    [
      'a field that belongs to the platform',
      { fabric: { kind: 'none' } },
      "unknown field 'fabric'; remove it or check its spelling",
    ],
  ])('refuses %s', (_, change, message) => {
    it('with the field and the fix, and writes nothing', async () => {
      await expect(run({ ...REQUEST, ...change })).rejects.toMatchObject({
        name: 'InputError',
        message,
      });
      expect(readdirSync(workspace.path)).toEqual([]);
    });
  });

  it('refuses a name that the catalog has', async () => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'qwen2-7b-pd', namespace: 'default' },
    };
    await expect(run(REQUEST, { entities: [entity] })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        "name: 'qwen2-7b-pd' is taken: the catalog has component:default/qwen2-7b-pd",
      ),
    });
    expect(readdirSync(workspace.path)).toEqual([]);
  });

  it('refuses a name that the repository has a folder for', async () => {
    await expect(
      run(REQUEST, {
        repository: { 'services/qwen2-7b-pd/catalog-info.yaml': '' },
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'platform/llm-gitops already has services/qwen2-7b-pd/catalog-info.yaml',
      ),
    });
    expect(readdirSync(workspace.path)).toEqual([]);
  });

  it('refuses people whom the profile is not for', async () => {
    await expect(
      run(REQUEST, { ownership: ['group:default/interns'] }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('group:default/ml-platform'),
    });
    expect(readdirSync(workspace.path)).toEqual([]);
  });

  it('stops the start for a profile that cannot work, naming the key', async () => {
    const broken = {
      'h100-roce': {
        ...PROFILES['h100-roce'],
        fabric: { kind: 'roce', networks: ['roce-p2'] },
      },
    };
    await expect(startActions({ profiles: broken })).rejects.toThrow(
      "llmInference.profiles.h100-roce.fabric.resource: fabric 'roce' needs the RDMA resource",
    );
  });
});
