import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reply } from '../forward';
import { fullName, RepositoryName } from '../Repository';
import { World } from '../World';
import { BareRepository } from './BareRepository';
import { httpBackend } from './httpBackend';
import { mirrorPush } from './mirrorPush';
import { runGit } from './runGit';

/**
 * `git clone`, `fetch` and `push` at `<owner>/<repo>.git`, by git's own
 * http-backend. What is pushed is in the API, and told to webhooks, before the
 * push is answered. Pushing takes the token as a password.
 */
export function gitRoutes(
  world: World,
  options: { folder: string; token: string },
): Router {
  const router = PromiseRouter();

  router.all(
    '/:owner([\\w.-]+)/:repo([\\w.-]+).git/:service(info/refs|git-upload-pack|git-receive-pack)',
    async (req, res) => {
      const name = { owner: req.params.owner, repo: req.params.repo };
      const { service } = req.params;
      if (isPush(req) && tokenOf(req) !== options.token) {
        res.status(401).set('www-authenticate', 'Basic realm="GitHub"').end();
        return;
      }
      const answer = () =>
        httpBackend(req, {
          projectRoot: options.folder,
          path: `/${fullName(name)}.git/${service}`,
          user: name.owner,
        });
      const answered = await world.changes.run(name, async () => {
        const repository = await bareRepository(name);
        await repository.update();
        const before = await repository.heads();
        const response = await answer();
        if (service === 'git-receive-pack') {
          const after = await repository.heads();
          await mirrorPush(world.octokit, name, {
            path: repository.path,
            before,
            after,
          });
        }
        return response;
      });
      reply(res, answered);
    },
  );

  async function bareRepository(name: RepositoryName) {
    // Names that the emulator does not know never reach the file system.
    const { data } = await world.octokit.rest.repos.get(name);
    const path = join(options.folder, `${data.full_name}.git`);
    const exists = await stat(path).then(
      () => true,
      () => false,
    );
    if (!exists) {
      await mkdir(path, { recursive: true });
      await runGit(['init', '--bare', '-b', data.default_branch, path]);
    }
    return new BareRepository(path, world.octokit, name);
  }

  return router;
}

function isPush(req: Request): boolean {
  return (
    req.params.service === 'git-receive-pack' ||
    req.query.service === 'git-receive-pack'
  );
}

/** The token of a request, also where it comes as a password. */
function tokenOf(req: Request): string | undefined {
  const [scheme, value = ''] = (req.get('authorization') ?? '').split(' ');
  return scheme.toLowerCase() === 'basic'
    ? Buffer.from(value, 'base64').toString().split(/:(.*)/s)[1]
    : value || undefined;
}
