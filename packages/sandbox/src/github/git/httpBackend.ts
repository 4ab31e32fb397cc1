import { Request } from 'express';
import { bodyOf, ForwardedResponse } from '../forward';
import { runGit } from './runGit';

/** Lets git's own HTTP server program answer one request for a repository below a folder. */
export async function httpBackend(
  req: Request,
  options: { projectRoot: string; path: string; user: string },
): Promise<ForwardedResponse> {
  const input = bodyOf(req);
  const output = await runGit(['http-backend'], {
    input,
    env: {
      GIT_PROJECT_ROOT: options.projectRoot,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: options.path,
      QUERY_STRING: new URL(req.originalUrl, 'http://localhost').search.slice(
        1,
      ),
      REQUEST_METHOD: req.method,
      CONTENT_TYPE: req.get('content-type') ?? '',
      CONTENT_LENGTH: String(input.length),
      GIT_PROTOCOL: req.get('git-protocol') ?? '',
      REMOTE_USER: options.user,
      REMOTE_ADDR: '127.0.0.1',
    },
  });

  const end = output.indexOf('\r\n\r\n');
  const headers = output
    .toString('utf8', 0, end)
    .split('\r\n')
    .map((line): [string, string] => {
      const [name, value] = line.split(/:\s*(.*)/s);
      return [name.toLowerCase(), value];
    });
  const status = headers.find(([name]) => name === 'status')?.[1] ?? '200';
  return {
    status: Number(status.split(' ')[0]),
    headers: headers.filter(([name]) => name !== 'status'),
    body: output.subarray(end + 4),
  };
}
