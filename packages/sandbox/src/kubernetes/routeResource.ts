import { methodNotAllowed, pageNotFound } from '../cluster/ApiError';
import { isWatch } from './access/requestVerb';
import { createToken } from './access/tokenRequest';
import { ResourceRequest } from './ApiContext';
import { readPodLog } from './pods/podLog';
import { proxyToPod } from './pods/podProxy';
import { deleteCollection, deleteObject } from './resources/delete';
import { getObject } from './resources/get';
import { listObjects } from './resources/list';
import { patchObject } from './resources/patch';
import { changeScale, getScale } from './resources/scale';
import { watchObjects } from './resources/watch';
import { createObject, replaceObject } from './resources/write';

type Handler = (request: ResourceRequest) => void | Promise<void>;

const COLLECTION: Record<string, Handler> = {
  GET: listObjects,
  POST: createObject,
  DELETE: deleteCollection,
};

const OBJECT: Record<string, Handler> = {
  GET: getObject,
  PUT: replaceObject,
  PATCH: patchObject,
  DELETE: deleteObject,
};

/** Subresource, then method. */
const SUBRESOURCES: Record<string, Record<string, Handler>> = {
  status: { GET: getObject, PUT: replaceObject, PATCH: patchObject },
  log: { GET: readPodLog },
  token: { POST: createToken },
  proxy: {
    GET: proxyToPod,
    POST: proxyToPod,
    PUT: proxyToPod,
    PATCH: proxyToPod,
    DELETE: proxyToPod,
    HEAD: proxyToPod,
    OPTIONS: proxyToPod,
  },
  scale: { GET: getScale, PUT: changeScale, PATCH: changeScale },
};

/** Finds and runs the handler of a resource request. */
export async function routeResource(request: ResourceRequest): Promise<void> {
  await handlerOf(request)(request);
}

function handlerOf(request: ResourceRequest): Handler {
  const { kind, name, namespace, subresource, query } = request;
  const method = request.request.method ?? 'GET';
  if (method === 'GET' && isWatch(query) && !subresource) {
    return watchObjects;
  }
  if (!kind.namespaced && namespace) {
    throw pageNotFound();
  }
  let handlers = COLLECTION;
  if (subresource) {
    if (!kind.subresources.includes(subresource)) {
      throw pageNotFound();
    }
    handlers = SUBRESOURCES[subresource] ?? {};
  } else if (name) {
    handlers = OBJECT;
  }
  const handler = handlers[method];
  if (!handler || (kind.namespaced && !namespace && method === 'POST')) {
    throw methodNotAllowed();
  }
  return handler;
}
