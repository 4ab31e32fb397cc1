import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';

import { existingService } from '../__testUtils__/existingService';
import { runAction, type World } from '../__testUtils__/startActions';

const NAME = 'qwen2-7b-instruct-pd';
const ENTITY = `component:default/${NAME}`;
const FOLDER = `services/${NAME}/`;

/** The service as the template with a repository of its own leaves it, with further files. */
function inItsOwnRepository(further: Record<string, string> = {}) {
  const shared = existingService();
  shared.entities![0].metadata.annotations![
    'backstage.io/managed-by-location'
  ] = 'url:https://github.com/platform/qwen-pd/tree/main/catalog-info.yaml';
  return {
    ...shared,
    repository: {
      ...Object.fromEntries(
        Object.entries(shared.repository).map(([path, content]) => [
          path.replace(FOLDER, ''),
          content,
        ]),
      ),
      ...further,
    },
  };
}

describe('llm-inference:retire', () => {
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  const run = (input: object, world: World = existingService()) =>
    runAction('llm-inference:retire', {
      input,
      workspacePath: workspace.path,
      world,
    });

  it('lists every file, and says who will notice', async () => {
    const output = await run({ entityRef: ENTITY });
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
    // What a publish action would add to the repository, and what GitLab's deletes.
    expect(readdirSync(join(workspace.path, 'update'))).toEqual([]);
    expect(output).toMatchObject({ updatePath: 'update', updates: [] });
    expect(
      readFileSync(
        join(workspace.path, 'delete', FOLDER, 'catalog-info.yaml'),
        'utf8',
      ),
    ).toContain('kind: Component');
  });

  it('says how much it does at the moment', async () => {
    const at = '2026-11-22T10:00:00.000Z';
    const series = (id: string, part: string, value: number) => ({
      id,
      part,
      values: [value],
    });
    const { description } = await run(
      { entityRef: ENTITY },
      {
        ...existingService(),
        metrics: {
          source: 'PodProxy',
          times: [at],
          series: [
            series('requests-running', 'decode', 3),
            series('requests-running', 'prefill', 1),
            series('request-rate', 'decode', 1.2345),
            series('generation-throughput', 'decode', 0),
          ],
          unmeasured: [],
        },
      },
    );
    expect(description).toContain(
      `Traffic: 4 requests running, 1.23 requests/s, 0 tokens/s generated (measured ${at})`,
    );
  });

  it.each([
    [
      { source: 'Off', times: [], series: [], unmeasured: [] },
      'Traffic: not known, not measured in this cluster',
    ],
    [undefined, 'Traffic: not known: not found'],
  ])('says so where nobody knows: %j', async (metrics, words) => {
    const { description } = await run(
      { entityRef: ENTITY },
      { ...existingService(), metrics },
    );
    expect(description).toContain(words);
  });

  it('leaves the file in place, without its entities, where the catalog has its address registered', async () => {
    const output = await run(
      { entityRef: ENTITY },
      { ...existingService(), registered: 'location:default/generated-1' },
    );
    const file = `${FOLDER}catalog-info.yaml`;
    expect(output).toMatchObject({
      updates: [file],
      registration: 'location:default/generated-1',
      description: expect.stringContaining('an address without a file'),
    });
    expect(output.filesToDelete).not.toContain(file);
    const left = readFileSync(join(workspace.path, 'update', file), 'utf8');
    expect(left).toContain('# This service is retired');
    expect([...parseEntityYaml(left, { type: 'url', target: file })]).toEqual(
      [],
    );
  });

  it("keeps other people's entities of the file", async () => {
    const world = inItsOwnRepository();
    world.repository['catalog-info.yaml'] += [
      '---',
      '# ours',
      'kind: System',
      'metadata: { name: chat }',
      '---',
      'kind: API',
      'metadata: { name: another }',
      '',
    ].join('\n');
    await run({ entityRef: ENTITY }, world);
    expect(
      readFileSync(join(workspace.path, 'update', 'catalog-info.yaml'), 'utf8'),
    ).toBe(
      [
        '# ours',
        'kind: System',
        'metadata: { name: chat }',
        '---',
        'kind: API',
        'metadata: { name: another }',
        '',
      ].join('\n'),
    );
  });

  it('leaves a repository of its own with a README that says so, and with what is not its own', async () => {
    const world = inItsOwnRepository({
      '.github/workflows/validate.yaml': 'name: Validate manifests\n',
      '.github/workflows/release.yaml': 'name: Release\n',
      'gitops/gpu-east.yaml':
        'kind: Application\nmetadata: { name: qwen-gpu-east, namespace: argocd }\n',
      'scripts/load.py': 'print(1)\n',
    });
    const output = await run({ entityRef: ENTITY }, world);
    expect(output).toMatchObject({
      provider: 'github',
      repoUrl: 'github.com?owner=platform&repo=qwen-pd',
      folder: '',
      updates: ['catalog-info.yaml', 'README.md'],
      description: expect.stringContaining(
        'Application `argocd/qwen-gpu-east` goes with `gitops/`',
      ),
    });
    const gone = output.filesToDelete as string[];
    expect(Object.keys(world.repository).filter(path => !gone.includes(path)))
      .toMatchInlineSnapshot(`
      [
        "catalog-info.yaml",
        "README.md",
        "docs/index.md",
        "mkdocs.yml",
        ".github/workflows/release.yaml",
        "scripts/load.py",
      ]
    `);
    const readme = readFileSync(
      join(workspace.path, 'update', 'README.md'),
      'utf8',
    );
    expect(readme).toMatch(/^> \*\*Retired\.\*\* The LLM service/);
    expect(readme).toContain(world.repository['README.md']);

    // A second try, with the first merged up to the manifests.
    await run(
      { entityRef: ENTITY },
      { ...world, repository: { ...world.repository, 'README.md': readme } },
    );
    expect(
      readFileSync(join(workspace.path, 'update', 'README.md'), 'utf8'),
    ).toBe(readme);
  });

  it.each([
    ["validate manifests:\n  script: ['true']\n", true],
    [
      "validate manifests:\n  script: ['true']\ndeploy:\n  script: ['true']\n",
      false,
    ],
  ])(
    'takes a pipeline along only if it does nothing else',
    async (pipeline, goes) => {
      const { filesToDelete } = await run(
        { entityRef: ENTITY },
        inItsOwnRepository({ '.gitlab-ci.yml': pipeline }),
      );
      expect((filesToDelete as string[]).includes('.gitlab-ci.yml')).toBe(goes);
    },
  );

  it.each<
    [string, (world: ReturnType<typeof existingService>) => void, string]
  >([
    [
      'holds another service too',
      ({ repository }) => {
        repository[`${FOLDER}other.yaml`] =
          'kind: LLMInferenceService\nmetadata: { name: other }\n';
      },
      "also holds the LLM service 'other' (other.yaml)",
    ],
    [
      'holds no service at all',
      ({ repository }) => {
        delete repository[`${FOLDER}base/llm-inference-service.yaml`];
      },
      'holds no LLMInferenceService',
    ],
  ])('refuses a folder that %s', async (_, change, message) => {
    const world = existingService();
    change(world);
    await expect(run({ entityRef: ENTITY }, world)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(readdirSync(workspace.path)).toEqual([]);
  });

  it('refuses a repository whose manifests are not where it would look for them', async () => {
    const world = inItsOwnRepository();
    world.repository['service.yaml'] =
      world.repository['base/llm-inference-service.yaml'];
    await expect(run({ entityRef: ENTITY }, world)).rejects.toThrow(
      'in service.yaml and not below base/ or overlays/',
    );
  });

  it('retires a service that nobody may look at, and says that it was not seen', async () => {
    const { description, filesToDelete } = await run(
      { entityRef: ENTITY },
      { ...existingService(), statuses: [] },
    );
    expect(description).toContain('```text\ncould not be read: not found\n```');
    expect(filesToDelete).not.toEqual([]);
  });
});
