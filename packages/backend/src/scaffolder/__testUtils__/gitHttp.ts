import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { git } from './BareRepository';

/** Lets git's own HTTP program answer a request for a repository below a folder, for clones and pushes. */
export async function answerGit(
  request: IncomingMessage,
  response: ServerResponse,
  projectRoot: string,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const input = await buffer(request);
  const output = await git(['http-backend'], {
    input,
    env: {
      GIT_PROJECT_ROOT: projectRoot,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(input.length),
      REMOTE_USER: 'oauth2',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  const end = output.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of output.toString('utf8', 0, end).split('\r\n')) {
    const [name, value] = line.split(/:\s*(.*)/s);
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status).end(output.subarray(end + 4));
}
