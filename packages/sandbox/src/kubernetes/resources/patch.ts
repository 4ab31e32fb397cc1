import { ApiError, badRequest, notFound } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord } from '../../cluster/json';
import { accessDenied, isAllowed } from '../access/authorize';
import { ResourceRequest } from '../ApiContext';
import { serverSideApply } from '../apply/serverSideApply';
import { toServed } from '../conversion/served';
import {
  contentType,
  parseBody,
  readBody,
  unsupportedMediaType,
} from '../http/requestBody';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicMergePatch } from '../patch/strategicMerge';
import { mergeTypeOf, writerOf } from './fieldManager';
import { sendObject } from './get';
import { asObject } from './readObject';
import { storeChanged, storeNew } from './write';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

/** PATCH of an object or of its status. */
export async function patchObject(request: ResourceRequest): Promise<void> {
  const { context, kind, name = '', namespace, version } = request;
  const type = contentType(request.request);
  const body = parseBody(await readBody(request.request), type);
  const current = context.store.get(kind.resource, name, namespace);
  if (type === APPLY_PATCH) {
    applyObject(request, current, body);
    return;
  }
  if (!current) {
    throw notFound(kind, name);
  }
  const patched = asObject(
    request,
    patchWith(request, type, toServed(kind, version, current), body),
  );
  if (patched.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${patched.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  sendObject(request, 200, storeChanged(request, current, patched));
}

function patchWith(
  { kind }: ResourceRequest,
  type: string,
  target: KubeObject,
  patch: unknown,
): unknown {
  if (type === JSON_PATCH) {
    return jsonPatch(target, patch);
  }
  if (type === MERGE_PATCH) {
    return mergePatch(target, patch);
  }
  if (type === STRATEGIC_PATCH && !kind.custom) {
    return strategicMergePatch(target, patch);
  }
  throw unsupportedMediaType(
    type,
    kind.custom
      ? [JSON_PATCH, MERGE_PATCH, APPLY_PATCH]
      : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH],
  );
}

function applyObject(
  request: ResourceRequest,
  current: KubeObject | undefined,
  body: unknown,
): void {
  const { kind, version, query, name = '', namespace } = request;
  if (!query.get('fieldManager')) {
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message:
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    });
  }
  if (
    isRecord(body) &&
    isRecord(body.metadata) &&
    body.metadata.managedFields
  ) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const applied = asObject(request, body);
  applied.metadata.name ||= name;
  const { uid, resourceVersion } = applied.metadata;
  const force = query.get('force') === 'true';
  if (!current && (request.subresource || uid)) {
    throw notFound(kind, name);
  }
  const base: KubeObject = current
    ? toServed(kind, version, current)
    : {
        apiVersion: applied.apiVersion,
        kind: applied.kind,
        metadata: { name, ...(namespace && { namespace }) },
      };
  const merged = serverSideApply(base, applied, writerOf(request), {
    type: mergeTypeOf(request),
    force,
  });
  if (current) {
    if (resourceVersion) {
      merged.metadata.resourceVersion = resourceVersion;
    }
    sendObject(
      request,
      200,
      storeChanged(request, current, merged, { isManaged: true }),
    );
  } else {
    checkMayCreate(request);
    sendObject(request, 201, storeNew(request, merged));
  }
}

/** Applying what is not there creates it, which takes that right as well. */
function checkMayCreate(request: ResourceRequest): void {
  const { context, subject, kind, namespace, name } = request;
  const wanted = {
    verb: 'create',
    group: kind.group,
    resource: kind.plural,
    namespace,
    name,
  };
  if (!isAllowed(context.store, subject, wanted)) {
    throw accessDenied(subject, wanted);
  }
}
