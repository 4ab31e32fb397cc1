import { ApiError } from '../../cluster/ApiError';
import { recordAt } from '../../cluster/json';
import { ResourceRequest } from '../ApiContext';
import { readBody } from '../http/requestBody';

/** Headers that end at the API server: the caller's credentials and what belongs to one connection. */
const NOT_FORWARDED = new Set([
  'authorization',
  'connection',
  'content-length',
  'host',
  'transfer-encoding',
]);

/** Any method on pods/proxy: passed on to what the pod serves, without the caller's credentials. */
export async function proxyToPod(request: ResourceRequest): Promise<void> {
  const { context, kind, namespace, query, response } = request;
  const { name, port } = podAndPort(request.name ?? '');
  const pod = context.store.get(kind.resource, name, namespace);
  if (!pod) {
    throw new ApiError({
      code: 404,
      reason: 'NotFound',
      message: `pods "${name}" not found`,
      details: { name, kind: 'pods' },
    });
  }
  const headers: Record<string, string> = {};
  for (const [header, value] of Object.entries(request.request.headers)) {
    if (value !== undefined && !NOT_FORWARDED.has(header)) {
      headers[header] = Array.isArray(value) ? value.join(', ') : value;
    }
  }
  const search = query.toString();
  const answer = recordAt(pod, 'status').podIP
    ? await context.proxy?.({
        pod,
        port,
        method: request.request.method ?? 'GET',
        path: `${request.rest || '/'}${search && `?${search}`}`,
        headers,
        body: (await readBody(request.request)).toString('utf8'),
      })
    : undefined;
  if (!answer) {
    throw new ApiError({
      code: 503,
      reason: 'ServiceUnavailable',
      message: `error trying to reach service: dial tcp ${
        recordAt(pod, 'status').podIP ?? ''
      }:${port || '80'}: connect: connection refused`,
    });
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** Reads `name`, `name:port` and `scheme:name:port`. */
function podAndPort(text: string): { name: string; port: string } {
  const parts = text.split(':');
  if (parts.length === 3) {
    return { name: parts[1], port: parts[2] };
  }
  return { name: parts[0], port: parts[1] ?? '' };
}
