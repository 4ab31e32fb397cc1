import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { changedFiles } from './apiRoutes';
import { planMerge } from './planMerge';
import { filePage, folderPage, pullRequestsPage } from './pages/listPages';
import { pullRequestPage } from './pages/pullRequestPage';
import { fullName, RepositoryName } from './Repository';
import { World } from './World';

/** The pages a person sees: a repository's files and its pull requests. They work without scripts. */
export function pageRoutes(world: World, token: string): Router {
  const { octokit } = world;
  const router = PromiseRouter();

  router.get('/:owner/:repo/pulls', async (req, res) => {
    const repository = repositoryOf(req);
    const { data } = await octokit.rest.pulls.list({
      ...repository,
      state: 'all',
      per_page: 100,
    });
    res.send(pullRequestsPage(fullName(repository), data));
  });

  router.get('/:owner/:repo/pull/:number(\\d+)', async (req, res) => {
    const repository = repositoryOf(req);
    const { data: pull } = await octokit.rest.pulls.get({
      ...repository,
      pull_number: Number(req.params.number),
    });
    const { conflicts } =
      pull.state === 'open'
        ? await planMerge(octokit, repository, pull)
        : { conflicts: [] };
    const files = await changedFiles(world, repository, pull.number);
    res.send(pullRequestPage({ pull, files, conflicts }));
  });

  router.post('/:owner/:repo/pull/:number(\\d+)/merge', async (req, res) => {
    const { number } = req.params;
    const name = fullName(repositoryOf(req));
    if (!isSameOrigin(req)) {
      res.status(403).send('Merging is only possible from this page.');
      return;
    }
    // Through the front door, so that merging here is merging by the API.
    const merged = await fetch(
      `http://127.0.0.1:${req.socket.localPort}/repos/${name}/pulls/${number}/merge`,
      {
        method: 'PUT',
        headers: { authorization: `token ${token}` },
        body: '{}',
      },
    );
    if (!merged.ok) {
      const { message } = (await merged.json()) as { message: string };
      res.status(merged.status).type('text/plain').send(message);
      return;
    }
    res.redirect(303, `/${name}/pull/${number}`);
  });

  router.get('/:owner/:repo', async (req, res) => {
    const repository = repositoryOf(req);
    const { data } = await octokit.rest.repos.get(repository);
    await sendContent(req, res, data.default_branch, '');
  });

  router.get(
    '/:owner/:repo/:kind(blob|tree)/:ref/:path(*)?',
    async (req, res) => {
      const path = (req.params.path ?? '').replace(/\/+$/, '');
      await sendContent(req, res, req.params.ref, path);
    },
  );

  async function sendContent(
    req: Request,
    res: Parameters<Parameters<typeof router.get>[1]>[1],
    ref: string,
    path: string,
  ) {
    const repository = repositoryOf(req);
    const { data } = await octokit.rest.repos.getContent({
      ...repository,
      ref,
      path,
    });
    const where = { repository: fullName(repository), ref, path };
    if (Array.isArray(data)) {
      res.send(folderPage({ ...where, entries: data }));
    } else {
      const content = 'content' in data ? data.content : '';
      const text = Buffer.from(content, 'base64').toString();
      res.send(filePage({ ...where, text }));
    }
  }

  return router;
}

function isSameOrigin(req: Request): boolean {
  const { origin, host } = req.headers;
  return origin === undefined || origin === `http://${host}`;
}

function repositoryOf(req: Request): RepositoryName {
  return { owner: req.params.owner, repo: req.params.repo };
}
