import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { sendArchive } from './archive';
import { bodyOf, forward, reply } from './forward';
import { answerGraphql } from './graphql';
import { mergePullRequest } from './mergePullRequest';
import { planMerge } from './planMerge';
import { RepositoryName } from './Repository';
import { World } from './World';

/** The API calls that the emulator lacks, or answers differently from GitHub. */
export function apiRoutes(world: World): Router {
  const { octokit } = world;
  const router = PromiseRouter();

  router.post(['/graphql', '/api/graphql'], async (req, res) => {
    const { query, variables } = json(req);
    res.json(
      await answerGraphql(octokit, {
        query: String(query),
        variables: variables as Record<string, unknown> | undefined,
      }),
    );
  });

  router.get(
    '/repos/:owner/:repo/:format(tarball|zipball)/:ref(*)?',
    async (req, res) => {
      await sendArchive(octokit, res, {
        repository: repositoryOf(req),
        ref: req.params.ref || undefined,
        format: req.params.format === 'zipball' ? 'zipball' : 'tarball',
      });
    },
  );

  // Backstage reads a branch's commit and the repository's links from here.
  router.get('/repos/:owner/:repo/commits/:ref(*)/status', async (req, res) => {
    const repository = repositoryOf(req);
    const [commit, repo] = await Promise.all([
      octokit.rest.repos.getCommit({ ...repository, ref: req.params.ref }),
      octokit.rest.repos.get(repository),
    ]);
    res.json({
      state: 'pending',
      statuses: [],
      total_count: 0,
      sha: commit.data.sha,
      repository: repo.data,
      commit_url: commit.data.url,
      url: `${commit.data.url}/status`,
    });
  });

  router.get('/orgs/:org/repos', async (req, res) => {
    const { data } = await octokit.rest.search.repos({
      q: `user:${req.params.org}`,
      per_page: Number(req.query.per_page ?? 30),
      page: Number(req.query.page ?? 1),
    });
    res.json(data.items);
  });

  // To GitHub an organisation is a user of another type.
  router.get('/users/:login', async (req, res) => {
    const answer = await forward(world.emulatorUrl, req);
    if (answer.status !== 404) {
      reply(res, answer);
      return;
    }
    const { data } = await octokit.rest.orgs.get({ org: req.params.login });
    res.json({ ...data, type: 'Organization' });
  });

  // GitHub takes an entry for a file where the request does not say what it is.
  router.post('/repos/:owner/:repo/git/trees', async (req, res) => {
    const body = json(req);
    const tree = Array.isArray(body.tree)
      ? body.tree.map(entry => ({ type: 'blob', ...entry }))
      : body.tree;
    reply(res, await forward(world.emulatorUrl, req, { ...body, tree }));
  });

  // GitHub links each entry to its content; the emulator leaves that out.
  router.get('/repos/:owner/:repo/git/trees/:sha(*)', async (req, res) => {
    const forwarded = await forward(world.emulatorUrl, req);
    if (forwarded.status !== 200) {
      reply(res, forwarded);
      return;
    }
    const body: { tree: { type: string; sha: string }[] } = JSON.parse(
      forwarded.body.toString(),
    );
    const git = `${world.publicUrl}/repos/${req.params.owner}/${req.params.repo}/git`;
    res.json({
      ...body,
      tree: body.tree.map(entry => ({
        ...entry,
        url: `${git}/${entry.type}s/${entry.sha}`,
      })),
    });
  });

  // The emulator makes up file names.
  router.get(
    '/repos/:owner/:repo/pulls/:number(\\d+)/files',
    async (req, res) => {
      res.json(await changedFiles(world, repositoryOf(req), numberOf(req)));
    },
  );

  router.put(
    '/repos/:owner/:repo/pulls/:number(\\d+)/merge',
    async (req, res) => {
      const repository = repositoryOf(req);
      const merged = await world.changes.run(repository, () =>
        mergePullRequest(octokit, repository, {
          number: numberOf(req),
          request: json(req),
          markMerged: () => forward(world.emulatorUrl, req),
        }),
      );
      reply(res, merged);
    },
  );

  // Everything else that can move a branch.
  router.all(
    '/repos/:owner/:repo/:what(git/refs|contents|pulls)*',
    async (req, res, next) => {
      if (req.method === 'GET' || req.method === 'HEAD') {
        next();
        return;
      }
      const changed = await world.changes.run(repositoryOf(req), () =>
        forward(world.emulatorUrl, req),
      );
      reply(res, changed);
    },
  );

  // The base address for raw files; the emulator has them below the repository.
  router.get('/raw/:owner/:repo/:ref/:path(*)', async (req, res) => {
    const { owner, repo, ref, path } = req.params;
    req.originalUrl = `/${owner}/${repo}/raw/${ref}/${path}`;
    reply(res, await forward(world.emulatorUrl, req));
  });

  return router;
}

/** The files a pull request changes, against where it branched off. */
export async function changedFiles(
  { octokit }: World,
  repository: RepositoryName,
  number: number,
) {
  const { data: pull } = await octokit.rest.pulls.get({
    ...repository,
    pull_number: number,
  });
  const plan = pull.merged_at
    ? { base: pull.base.sha, head: pull.head.sha }
    : await planMerge(octokit, repository, pull);
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...repository,
    basehead: `${plan.base}...${plan.head}`,
  });
  return data.files ?? [];
}

function repositoryOf(req: Request): RepositoryName {
  return { owner: req.params.owner, repo: req.params.repo };
}

function numberOf(req: Request): number {
  return Number(req.params.number);
}

function json(req: Request): Record<string, unknown> {
  const body = bodyOf(req);
  return body.length === 0 ? {} : JSON.parse(body.toString());
}
