import { startGitLabPortal } from './__testUtils__/startGitLabPortal';

const NAME = 'small-pd';
const FOLDER = `services/${NAME}/`;
const REQUEST = {
  profile: 'cpu-trial',
  name: NAME,
  model: { uri: 'hf://Qwen/Qwen2.5-0.5B-Instruct' },
  prefill: { replicas: 1 },
  decode: { replicas: 1 },
  cluster: 'gpu-east',
  namespace: 'llm-demo',
  owner: 'group:default/ml-platform',
  lifecycle: 'experimental',
};
const SERVICE = { entityRef: `component:default/${NAME}` };

/*
 * The templates as they ship, run by Backstage's scaffolder with its own actions for GitLab. Only GitLab is not the
 * real one: it is played over HTTP, on real Git repositories.
 */
describe('the templates on GitLab', () => {
  jest.setTimeout(120_000);

  it('create, change and retire a service of a shared repository, each by a merge request', async () => {
    const { gitLab, discover, run, stop } = await startGitLabPortal();
    try {
      const project = await gitLab.createProject('platform/llm-gitops');
      await project.commit('main', 'Begin', [
        { action: 'create', file_path: 'README.md', content: 'Ours\n' },
      ]);
      const catalogFile = `https://${gitLab.host}/platform/llm-gitops/-/blob/main/${FOLDER}catalog-info.yaml`;

      const created = await run('new-pd-service', REQUEST);
      expect(created).toMatchObject({
        status: 'completed',
        links: {
          'Pull request': `${gitLab.url}/platform/llm-gitops/-/merge_requests/1`,
        },
      });
      expect(gitLab.mergeRequests[0]).toMatchObject({
        project: 'platform/llm-gitops',
        source_branch: `llm-inference/create-${NAME}`,
        target_branch: 'main',
        title: `Create LLM service ${NAME}`,
        description: expect.stringContaining('prefill'),
      });
      expect(Object.keys(await project.files('main'))).toEqual(['README.md']);
      await gitLab.merge(gitLab.mergeRequests[0]);
      const first = await project.files('main');
      expect(Object.keys(first)).toEqual(
        expect.arrayContaining([
          'README.md',
          `${FOLDER}base/llm-inference-service.yaml`,
          `${FOLDER}catalog-info.yaml`,
          `${FOLDER}overlays/gpu-east/kustomization.yaml`,
        ]),
      );

      expect(await run('new-pd-service', REQUEST)).toMatchObject({
        status: 'failed',
        log: expect.stringContaining(`name: '${NAME}' is taken`),
      });

      await discover(catalogFile);
      expect(
        await run('change-pd-service', {
          ...SERVICE,
          operation: 'keep',
          decodeReplicas: 2,
        }),
      ).toMatchObject({ status: 'completed' });
      await gitLab.merge(gitLab.mergeRequests[1]);
      const second = await project.files('main');
      expect(
        Object.keys(second).filter(path => second[path] !== first[path]),
      ).toEqual([`${FOLDER}base/llm-inference-service.yaml`]);

      expect(await run('retire-pd-service', SERVICE)).toMatchObject({
        status: 'completed',
        links: {
          'Pull request': `${gitLab.url}/platform/llm-gitops/-/merge_requests/3`,
        },
      });
      await gitLab.merge(gitLab.mergeRequests[2]);
      expect(await project.files('main')).toEqual({ 'README.md': 'Ours\n' });
    } finally {
      await stop();
    }
  });

  it('push a service into a project of its own, register it, and leave a README when it is retired', async () => {
    const { gitLab, discover, registered, run, stop } =
      await startGitLabPortal();
    try {
      const created = await run('new-pd-service-repository', {
        ...REQUEST,
        repoUrl: `${gitLab.host}?owner=platform&repo=${NAME}`,
      });
      expect(created).toMatchObject({
        status: 'completed',
        links: { Repository: `${gitLab.url}/platform/${NAME}` },
      });
      const catalogFile = `${gitLab.url}/platform/${NAME}/-/blob/main/catalog-info.yaml`;
      expect(registered).toEqual([catalogFile]);
      const project = gitLab.project(`platform/${NAME}`);
      expect(Object.keys(await project.files('main'))).toEqual(
        expect.arrayContaining([
          '.gitlab-ci.yml',
          'CODEOWNERS',
          'base/llm-inference-service.yaml',
        ]),
      );

      await discover(catalogFile);
      expect(await run('retire-pd-service', SERVICE)).toMatchObject({
        status: 'completed',
      });
      expect(gitLab.mergeRequests).toHaveLength(1);
      await gitLab.merge(gitLab.mergeRequests[0]);
      const left = await project.files('main');
      expect(Object.keys(left)).toEqual([
        'CODEOWNERS',
        'README.md',
        'catalog-info.yaml',
        'docs/index.md',
        'mkdocs.yml',
      ]);
      expect(left['README.md']).toMatch(/^> \*\*Retired\.\*\*/);
      expect(left['catalog-info.yaml']).toMatch(/^# This service is retired/);
    } finally {
      await stop();
    }
  });
});
