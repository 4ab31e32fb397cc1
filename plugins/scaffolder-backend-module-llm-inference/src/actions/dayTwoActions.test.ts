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

    it('works in every remedy, and says why in the pull request', async () => {
      const world = existingService();
      world.repository[MANIFEST] = world.repository[MANIFEST].replace(
        /rdma\/roce_gdr/g,
        'rdma/typo',
      ).replace('kv_consumer', 'kv_producer');
      const { description, warnings } = await run(
        'update',
        {
          entityRef: ENTITY,
          change: {
            startupBudgetSeconds: 1800,
            rdma: { resource: 'profile' },
            kvRoles: 'producer-consumer',
            sideChannelHost: 'pod-ip',
            image: '',
            decode: { memory: { limit: '' } },
          },
          reason: {
            cause: 'kv-role-mismatch',
            pool: 'decode',
            title: 'Both pools produce',
            evidence: ['Pod/a: kv_role is kv_producer'],
          },
        },
        world,
      );
      const written = readFileSync(join(workspace.path, MANIFEST), 'utf8');
      expect(written).not.toContain('rdma/typo');
      expect(written.match(/failureThreshold: 60/g)).toHaveLength(2);
      expect(written).toContain('"kv_role":"kv_consumer"');
      expect(description).toContain(
        [
          'To end the cause `kv-role-mismatch` of the decode pool, as the portal showed it:',
          '',
          '```text',
          'Both pools produce',
          '- Pod/a: kv_role is kv_producer',
          '```',
        ].join('\n'),
      );
      expect(description).toContain(
        '| decode RDMA resource | `1 × rdma/typo` | `1 × rdma/roce_gdr` |',
      );
      expect((warnings as string[]).join('\n')).toContain(
        'Every prefill pod is replaced',
      );
    });

    it('keeps what a reason holds from being anything but text', async () => {
      const { description } = await run('update', {
        entityRef: ENTITY,
        change: { prefill: { replicas: 3 } },
        reason: {
          cause: 'engine-crash',
          title: `</details>\n# heading ${'x'.repeat(5_000)}`,
          evidence: [
            '````\n@everyone [a](javascript:alert(1)) ${{ secrets.TOKEN }}',
            `Bearer abcdefghijklmnop hf_abcdefghij0123456789 \u202etxt\u0000`,
            ...Array(50).fill('more'),
          ],
        },
      });
      const lines = (description as string).split('\n');
      const fence = lines.indexOf('`````text');
      const block = lines.slice(fence, lines.indexOf('`````') + 1);
      expect(block).toHaveLength(8);
      expect(block[1]).toMatch(/^<\/details> # heading x+…$/);
      expect(block[1]).toHaveLength(200);
      expect(block[3]).toBe('- Bearer *** hf_*** txt');
      const outside = lines.filter(line => !block.includes(line)).join('\n');
      expect(outside).not.toMatch(/everyone|details|secrets/);
    });

    it('needs no reason: a form sends an empty one', async () => {
      const { description } = await run('update', {
        entityRef: ENTITY,
        change: { prefill: { replicas: 3 } },
        reason: {},
      });
      expect(description).toMatch(/^\| field/);
    });

    it.each([
      [
        'an RDMA resource that is not of the profile',
        { change: { rdma: { resource: 'rdma/mine' } } },
        "rdma.resource: 'rdma/mine' is not the RDMA resource of profile 'h100-roce', which is 'rdma/roce_gdr'",
      ],
      [
        'more devices than the profile gives',
        { change: { rdma: { resource: 'profile', count: 8 } } },
        "rdma.count: profile 'h100-roce' gives each pod 1",
      ],
      [
        'a start-up of a week',
        { change: { startupBudgetSeconds: 604_800 } },
        'startupBudgetSeconds',
      ],
      [
        'a cause that nobody knows',
        {
          change: { stopped: true },
          reason: { cause: '<script>', evidence: [] },
        },
        "reason.cause: '<script>' is the id of no known cause",
      ],
      [
        'evidence of nothing',
        { change: { stopped: true }, reason: { evidence: ['a line'] } },
        'reason.cause is missing',
      ],
    ])('refuses %s', async (_, input, message) => {
      await expect(
        run('update', { entityRef: ENTITY, ...input }),
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

  describe('llm-inference:wait-for-health', () => {
    const input = {
      entityRef: ENTITY,
      timeoutSeconds: 60,
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
        run(
          'wait-for-health',
          { ...input, timeoutSeconds: 1 },
          { statuses: [statusOf('Degraded', 'no free rdma/roce_gdr')] },
        ),
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
