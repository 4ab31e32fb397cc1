import { IncomingMessage, ServerResponse } from 'node:http';
import { pageNotFound } from '../cluster/ApiError';
import { ApiContext } from './ApiContext';
import { answerDiscovery } from './discovery/answerDiscovery';
import { parseResourcePath } from './http/requestTarget';
import { routeResource } from './routeResource';

/** Answers one request to a cluster. */
export async function handleRequest(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://cluster');
  const subject = { name: 'system:admin', groups: ['system:masters'] };
  const target = parseResourcePath(url.pathname);
  if (!target) {
    answerDiscovery(context, request, response, url);
    return;
  }
  const kind = context.store.kinds.find(
    row =>
      row.plural === target.plural &&
      row.group === target.group &&
      row.versions.includes(target.version),
  );
  if (!kind) {
    throw pageNotFound();
  }
  await routeResource({
    context,
    request,
    response,
    query: url.searchParams,
    subject,
    kind,
    version: target.version,
    namespace: target.namespace,
    name: target.name,
    subresource: target.subresource,
    rest: target.rest,
  });
}
