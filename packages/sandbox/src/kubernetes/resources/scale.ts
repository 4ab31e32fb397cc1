import { badRequest } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, recordAt } from '../../cluster/json';
import { ResourceRequest } from '../ApiContext';
import { toServed } from '../conversion/served';
import { contentType, parseBody, readBody } from '../http/requestBody';
import { sendJson } from '../http/respond';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { currentObject } from './get';
import { storeChanged } from './write';

/** GET of the scale subresource. */
export function getScale(request: ResourceRequest): void {
  sendJson(request.response, 200, scaleOf(currentObject(request)));
}

/** PUT or PATCH of the scale subresource: only the number of replicas counts. */
export async function changeScale(request: ResourceRequest): Promise<void> {
  const { kind, version } = request;
  const type = contentType(request.request);
  const body = parseBody(await readBody(request.request), type);
  const current = currentObject(request);
  let scale: unknown = body;
  if (request.request.method === 'PATCH') {
    scale =
      type === 'application/json-patch+json'
        ? jsonPatch(scaleOf(current), body)
        : mergePatch(scaleOf(current), body);
  }
  const { replicas = 0 } = recordAt(scale, 'spec');
  if (!Number.isInteger(replicas)) {
    throw badRequest('spec.replicas of a Scale must be a whole number');
  }
  const { resourceVersion } = recordAt(scale, 'metadata');
  const before = toServed(kind, version, current);
  const changed = storeChanged(
    { ...request, subresource: undefined },
    current,
    {
      ...before,
      metadata: {
        ...before.metadata,
        ...(typeof resourceVersion === 'string' && { resourceVersion }),
      },
      spec: { ...recordAt(before, 'spec'), replicas },
    },
  );
  sendJson(request.response, 200, scaleOf(changed));
}

function scaleOf(object: KubeObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const { replicas = 0, selector } = recordAt(object, 'spec');
  const matchLabels = recordAt(selector, 'matchLabels');
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas },
    status: {
      replicas: recordAt(object, 'status').replicas ?? 0,
      ...(isRecord(selector) && {
        selector: Object.entries(matchLabels)
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(','),
      }),
    },
  };
}
