import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';

import { existingService, statusOf } from '../__testUtils__/existingService';
import { runAction, type World } from '../__testUtils__/startActions';

const ENTITY = 'component:default/qwen2-7b-instruct-pd';
const MANIFEST =
  'services/qwen2-7b-instruct-pd/base/llm-inference-service.yaml';

describe('actions on an existing service', () => {
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  const run = (id: string, input: object, world: World = existingService()) =>
    runAction(`llm-inference:${id}`, {
      input,
      workspacePath: workspace.path,
      world,
    });

  describe('llm-inference:update', () => {
    it('writes the changed file only, and the change only', async () => {
      const before = existingService().repository[MANIFEST];
      const output = await run('update', {
        entityRef: ENTITY,
        change: { prefill: { replicas: 4 } },
      });

      expect(Object.keys(workspace.content({ path: 'services' })!)).toEqual([
        'qwen2-7b-instruct-pd',
      ]);
      expect(readFileSync(join(workspace.path, MANIFEST), 'utf8')).toBe(
        before.replace('    replicas: 2', '    replicas: 4'),
      );
      expect(output).toMatchObject({
        repoUrl: 'github.com?owner=platform&repo=llm-gitops',
        targetBranch: 'main',
        folder: 'services/qwen2-7b-instruct-pd',
        title: 'Change LLM service qwen2-7b-instruct-pd: prefill replicas',
        description: expect.stringContaining(
          '| prefill replicas | `2` | `4` |',
        ),
      });
    });

    it('says what a change makes happen', async () => {
      const { warnings } = await run('update', {
        entityRef: ENTITY,
        change: { decode: { arguments: { 'max-num-seqs': 64 } } },
      });
      expect((warnings as string[]).join('\n')).toMatch(
        /Every decode pod is replaced[\s\S]*Until both pools run the same/,
      );
    });

    it.each([
      [
        'more than the profile allows',
        { prefill: { replicas: 9 } },
        "prefill.replicas: 9 replicas are more than the 8 per pool that profile 'h100-roce' allows",
      ],
      [
        'an image that the profile does not allow',
        { image: `evil.example/vllm@sha256:${'0'.repeat(64)}` },
        "allows no image of one's own",
      ],
      [
        'a change that changes nothing',
        { prefill: { replicas: 2 } },
        'there is nothing to change',
      ],
      [
        'what KServe cannot change in place',
        { prefill: { parallelism: { tensor: 2 } } },
        'prefill.parallelism: KServe refuses another parallelism size',
      ],
      [
        'a command for the shell of the start script',
        { decode: { arguments: { 'tool-call-parser': 'x; curl evil' } } },
        'decode.arguments.tool-call-parser',
      ],
    ])('refuses %s', async (_, change, message) => {
      await expect(
        run('update', { entityRef: ENTITY, change }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message),
      });
      expect(readdirSync(workspace.path)).toEqual([]);
    });

    it('refuses people who do not own the service', async () => {
      await expect(
        run(
          'update',
          { entityRef: ENTITY, change: { stopped: true } },
          { ...existingService(), ownership: ['group:default/interns'] },
        ),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(readdirSync(workspace.path)).toEqual([]);
    });

    it('refuses an entity that is no service, or is not there', async () => {
      await expect(
        run('update', {
          entityRef: 'api:default/qwen2-7b-instruct-pd',
          change: { stopped: true },
        }),
      ).rejects.toThrow('stands for no LLM service');
      await expect(
        run('update', { entityRef: 'nobody', change: { stopped: true } }),
      ).rejects.toThrow('the catalog has no component:default/nobody');
    });
  });

  describe('llm-inference:retire', () => {
    it('lists every file, and says who will notice', async () => {
      const output = await run('retire', { entityRef: ENTITY });
      expect((output.filesToDelete as string[]).sort()).toEqual(
        Object.keys(existingService().repository).sort(),
      );
      expect(output.consumers).toEqual([
        'component:default/chatbot',
        'component:default/search',
      ]);
      expect(output.description).toContain(
        'gpu-east: Healthy, 2 prefill and 1 decode pods serve.',
      );
      expect(readdirSync(workspace.path)).toEqual([]);
    });
  });

  describe('llm-inference:wait-for-health', () => {
    const input = {
      entityRef: ENTITY,
      timeoutSeconds: 1,
      intervalSeconds: 0.05,
    };

    it('waits until the service is healthy', async () => {
      const output = await run('wait-for-health', input, {
        statuses: [
          { entityRef: ENTITY, services: [], clusters: [], reason: 'NotFound' },
          statusOf('Progressing', 'starting'),
          statusOf('Healthy', 'serves'),
        ],
      });
      expect(output).toEqual({
        verdict: 'Healthy',
        summary: 'gpu-east: Healthy: serves',
      });
    });

    it('gives up with the last words of the service', async () => {
      await expect(
        run('wait-for-health', input, {
          statuses: [statusOf('Degraded', 'no free rdma/roce_gdr')],
        }),
      ).rejects.toThrow(
        'is not healthy after 1 s: gpu-east: Degraded: no free rdma/roce_gdr',
      );
    });
  });

  describe('llm-inference:validate', () => {
    it('passes what this module generates', async () => {
      workspace.setContent(existingService().repository);
      const { findings } = await run('validate', { failOn: 'warning' });
      expect(findings).toEqual(
        expect.not.arrayContaining([
          expect.objectContaining({ level: 'error' }),
        ]),
      );
    });

    it('fails on a hand-written manifest that cannot work, naming the place', async () => {
      workspace.setContent({
        'service.yaml': [
          'apiVersion: serving.kserve.io/v1alpha2',
          'kind: LLMInferenceService',
          'metadata: { name: qwen2.5-7b }',
          'spec: { model: { uri: hf://a/b }, prefill: {} }',
        ].join('\n'),
      });
      await expect(run('validate', {})).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(/service-name-invalid[\s\S]*prefill/),
      });
    });

    it('asks the cluster about the service, and fails in its words', async () => {
      workspace.setContent(existingService().repository);
      const asked: unknown[] = [];
      const object = 'LLMInferenceService/qwen2-7b-instruct-pd';
      const world = (answer: object): World => ({
        dryRun: request => {
          asked.push(request);
          return [{ object, ...answer }];
        },
      });
      const cluster = 'gpu-west';
      const { dryRun } = await run(
        'validate',
        { cluster },
        world({ accepted: true }),
      );
      expect(dryRun).toEqual([{ object, accepted: true }]);
      expect(asked).toEqual([
        {
          cluster,
          dryRun: true,
          manifests: expect.stringMatching(
            /kind: LLMInferenceService\n[\s\S]*namespace: llm-demo/,
          ),
        },
      ]);
      await expect(
        run(
          'validate',
          { cluster },
          world({ accepted: false, message: 'quota is used up' }),
        ),
      ).rejects.toThrow(
        `cluster: gpu-west refuses ${object}: quota is used up`,
      );
      // Nothing of the portal answers here.
      await expect(run('validate', { cluster }, {})).rejects.toThrow(
        'not found',
      );
    });

    it('refuses a workspace without a service, and a path that leaves it', async () => {
      workspace.setContent({ 'a.yaml': 'a: 1' });
      await expect(run('validate', {})).rejects.toThrow(
        'holds no LLMInferenceService',
      );
      await expect(run('validate', { path: '../..' })).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });
  });
});
