import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';

import { BareRepository, type FileChange } from './BareRepository';
import { answerGit } from './gitHttp';

/** A merge request, as it was opened. */
export interface MergeRequest {
  project: string;
  source_branch: string;
  target_branch: string;
  title: string;
  description: string;
  remove_source_branch: boolean;
}

type Route = [
  RegExp,
  (
    path: string[],
    asked: {
      query: URLSearchParams;
      body(): Promise<unknown>;
    },
  ) => Promise<unknown>,
];

/** A refusal in GitLab's own shape. */
class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/**
 * GitLab at its outermost edge: the part of its REST API that the portal's own actions and readers use, and git over
 * HTTP, on real bare repositories. Only with its token.
 */
export class FakeGitLab {
  readonly mergeRequests: MergeRequest[] = [];
  readonly #projects = new Map<string, BareRepository>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(error => {
      const status = error instanceof Refusal ? error.status : 400;
      send(response, status, { message: String(error.message) });
    });
  });

  private constructor(readonly token: string, readonly root: string) {}

  static async start(token: string): Promise<FakeGitLab> {
    const root = await mkdtemp(join(tmpdir(), 'gitlab-'));
    const gitLab = new FakeGitLab(token, root);
    gitLab.#server.listen(0, '127.0.0.1');
    await once(gitLab.#server, 'listening');
    return gitLab;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await rm(this.root, { recursive: true, force: true });
  }

  /** Host and port. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** @throws Refusal for a project that is not there */
  project(path: string): BareRepository {
    const project = this.#projects.get(path);
    if (!project) throw new Refusal(404, '404 Project Not Found');
    return project;
  }

  async createProject(path: string): Promise<BareRepository> {
    const folder = join(this.root, `${path}.git`);
    await mkdir(dirname(folder), { recursive: true });
    const project = await BareRepository.create(folder);
    this.#projects.set(path, project);
    return project;
  }

  /** Merges what a merge request has, as a fast-forward. */
  async merge({ project, source_branch, target_branch }: MergeRequest) {
    const repository = this.project(project);
    const head = await repository.head(source_branch);
    if (!head) throw new Refusal(404, `no branch ${source_branch}`);
    await repository.setHead(target_branch, head);
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (!this.#isAllowed(request)) throw new Refusal(401, '401 Unauthorized');
    if (/\.git\//.test(pathname)) {
      await answerGit(request, response, this.root);
      return;
    }
    const asked = `${request.method} ${pathname.replace('/api/v4', '')}`;
    for (const [pattern, answer] of this.#routes) {
      const found = pattern.exec(asked);
      if (!found) continue;
      const body = await answer(found.slice(1).map(decodeURIComponent), {
        query: searchParams,
        body: () => json(request),
      });
      if (body instanceof Buffer) response.end(body);
      else send(response, request.method === 'POST' ? 201 : 200, body);
      return;
    }
    throw new Refusal(404, `404 Not Found: ${asked}`);
  }

  readonly #routes: Route[] = [
    [
      /^GET \/namespaces\/([^/]+)$/,
      async ([path]) => ({ id: 7, path, kind: 'group' }),
    ],
    [/^GET \/user$/, async () => ({ id: 1, username: 'portal' })],
    [
      /^GET \/groups\/([^/]+)\/projects$/,
      async ([group]) =>
        [...this.#projects.keys()]
          .filter(path => path.startsWith(`${group}/`))
          .map(path => ({ path: path.split('/').at(-1) })),
    ],
    [
      /^POST \/projects$/,
      async (_, { body }) => {
        const { path } = (await body()) as { path: string };
        const whole = `platform/${path}`;
        await this.createProject(whole);
        return { id: 9, http_url_to_repo: `${this.url}/${whole}.git` };
      },
    ],
    [
      /^GET \/projects\/([^/]+)$/,
      async ([path]) => {
        this.project(path);
        return { path_with_namespace: path, default_branch: 'main' };
      },
    ],
    [
      /^GET \/projects\/([^/]+)\/repository\/tree$/,
      async ([path], { query }) =>
        this.project(path).tree(query.get('ref') ?? 'main'),
    ],
    [
      /^GET \/projects\/([^/]+)\/repository\/files\/([^/]+)\/raw$/,
      async ([path, file], { query }) =>
        this.project(path)
          .read(query.get('ref') ?? 'main', file)
          .catch(() => {
            throw new Refusal(404, '404 File Not Found');
          }),
    ],
    [
      /^GET \/projects\/([^/]+)\/repository\/archive$/,
      async ([path], { query }) =>
        this.project(path).archive(
          query.get('sha') ?? 'main',
          query.get('path') ?? undefined,
        ),
    ],
    [
      /^GET \/projects\/([^/]+)\/repository\/commits$/,
      async ([path], { query }) => [
        { id: await this.project(path).head(query.get('ref_name') ?? 'main') },
      ],
    ],
    [
      /^POST \/projects\/([^/]+)\/repository\/commits$/,
      async ([path], { body }) => {
        const {
          branch,
          commit_message: message,
          actions,
        } = (await body()) as {
          branch: string;
          commit_message: string;
          actions: FileChange[];
        };
        return {
          id: await this.project(path).commit(branch, message, actions),
        };
      },
    ],
    [
      /^GET \/projects\/([^/]+)\/repository\/branches\/([^/]+)$/,
      async ([path, branch]) => {
        const id = await this.project(path).head(branch);
        if (!id) throw new Refusal(404, '404 Branch Not Found');
        return { name: branch, commit: { id }, web_url: `${this.url}/${path}` };
      },
    ],
    [
      /^POST \/projects\/([^/]+)\/repository\/branches$/,
      async ([path], { body, query }) => {
        const { branch, ref } = {
          ...Object.fromEntries(query),
          ...((await body().catch(() => ({}))) as object),
        } as { branch: string; ref: string };
        const head = await this.project(path).head(ref);
        if (!head) throw new Refusal(400, `Invalid reference name: ${ref}`);
        await this.project(path).setHead(branch, head);
        return { name: branch };
      },
    ],
    [
      /^GET \/merge_requests$|^GET \/projects\/[^/]+\/merge_requests$/,
      async (_, { query }) =>
        this.mergeRequests.filter(
          ({ source_branch: branch }) => branch === query.get('source_branch'),
        ),
    ],
    [
      /^POST \/projects\/([^/]+)\/merge_requests$/,
      async ([project], { body }) => {
        const opened = (await body()) as MergeRequest;
        this.mergeRequests.push({ ...opened, project });
        const iid = this.mergeRequests.length;
        return {
          iid,
          web_url: `${this.url}/${project}/-/merge_requests/${iid}`,
        };
      },
    ],
  ];

  #isAllowed({ headers }: IncomingMessage): boolean {
    const basic = Buffer.from(`oauth2:${this.token}`).toString('base64');
    return (
      headers['private-token'] === this.token ||
      [`Bearer ${this.token}`, `Basic ${basic}`].includes(
        headers.authorization ?? '',
      )
    );
  }
}

function send(response: ServerResponse, status: number, body: unknown) {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
