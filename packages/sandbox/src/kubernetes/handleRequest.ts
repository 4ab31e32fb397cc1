import { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { badRequest, pageNotFound } from '../cluster/ApiError';
import {
  accessDenied,
  isAllowed,
  isPathAllowed,
  pathDenied,
  ResourceAttributes,
} from './access/authorize';
import { requestVerb } from './access/requestVerb';
import { answerReview, isReview } from './access/reviews';
import { ApiContext } from './ApiContext';
import { answerDiscovery } from './discovery/answerDiscovery';
import { concerns, faultError, isServed } from './faults/faultError';
import { parseResourcePath, ResourceTarget } from './http/requestTarget';
import { routeResource } from './routeResource';

/** Answers one request to a cluster: faults first, then who it is, what they may do, and what they asked for. */
export async function handleRequest(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { store, faults } = context;
  const url = requestUrl(request.url ?? '/');
  const target = parseResourcePath(url.pathname);
  const method = request.method ?? 'GET';
  const wanted = target && attributesOf(target, method, url.searchParams);

  if (concerns(faults, wanted)) {
    if (faults.latencyMs) {
      await wait(faults.latencyMs);
    }
  }
  if (faults.status === 401 && concerns(faults, wanted)) {
    throw faultError(faults, { name: '', groups: [] }, wanted);
  }
  const subject = context.authenticator.authenticate(
    request.headers.authorization,
  );
  const error = concerns(faults, wanted)
    ? faultError(faults, subject, wanted)
    : undefined;
  if (error) {
    throw error;
  }

  if (!target || !wanted) {
    const verb = method.toLowerCase();
    if (!isPathAllowed(store, subject, verb, url.pathname)) {
      throw pathDenied(subject, verb, url.pathname);
    }
    answerDiscovery(context, request, response, url);
    return;
  }
  if (!isAllowed(store, subject, wanted)) {
    throw accessDenied(subject, wanted);
  }
  if (isReview(target.group, target.plural)) {
    await answerReview(context, subject, target, request, response);
    return;
  }
  const kind = store.kinds.find(
    row =>
      row.plural === target.plural &&
      row.group === target.group &&
      row.versions.includes(target.version),
  );
  if (!kind || !isServed(faults, wanted)) {
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

/** @throws ApiError 400 for a target that is no URL */
function requestUrl(target: string): URL {
  try {
    return new URL(`http://cluster${target}`);
  } catch {
    throw badRequest(`${target} is not a path`);
  }
}

function attributesOf(
  target: ResourceTarget,
  method: string,
  query: URLSearchParams,
): ResourceAttributes {
  return {
    verb: requestVerb(method, target, query),
    group: target.group,
    resource: target.plural,
    subresource: target.subresource,
    namespace:
      target.group === '' && target.plural === 'namespaces'
        ? target.name
        : target.namespace,
    name: target.name,
  };
}
