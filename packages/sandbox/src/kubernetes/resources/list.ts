import { ApiError, badRequest, expired } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { Snapshot } from '../../cluster/MemoryClusterStore';
import { ResourceRequest } from '../ApiContext';
import { decodeContinue, encodeContinue } from './continueToken';
import { writeList } from './listWriter';
import { selectionOf } from './selection';

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
  'deleted between the time the first chunk was returned and now may show up in the list.';

/** GET of a collection. */
export async function listObjects(request: ResourceRequest): Promise<void> {
  await writeList(request, pageOf(request, limitOf(request)));
}

/** Zero for none. Version 0 is answered from the watch cache, which knows no pages. */
function limitOf({ query }: ResourceRequest): number {
  const limit = Number(query.get('limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) {
    throw badRequest(
      `limit: Invalid value: "${query.get(
        'limit',
      )}": must be a whole number that is not negative`,
    );
  }
  return query.get('resourceVersion') === '0' && !query.get('continue')
    ? 0
    : limit;
}

/** One page of a list. */
export interface ListPage {
  version: number;
  objects: readonly KubeObject[];
  continueToken?: string;
  /** How many follow; unknown where a selector was given. */
  remaining?: number;
}

function pageOf(request: ResourceRequest, limit: number): ListPage {
  const { context, query } = request;
  const token = query.get('continue');
  const matches = selectionOf(request);
  const { snapshot, start } = token
    ? continuedSnapshot(request, token)
    : { snapshot: firstSnapshot(request), start: 0 };
  if (!limit && start === 0) {
    return {
      version: snapshot.version,
      objects: matches ? snapshot.objects.filter(matches) : snapshot.objects,
    };
  }
  const objects: KubeObject[] = [];
  let index = start;
  for (; index < snapshot.objects.length; index += 1) {
    if (limit && objects.length === limit) {
      break;
    }
    const object = snapshot.objects[index];
    if (!matches || matches(object)) {
      objects.push(object);
    }
  }
  const remaining = snapshot.objects.length - index;
  if (remaining === 0 || objects.length === 0) {
    return { version: snapshot.version, objects };
  }
  if (!context.faults.expiredVersions) {
    context.snapshots.keep(snapshotKey(request), snapshot);
  }
  return {
    version: snapshot.version,
    objects,
    continueToken: encodeContinue({
      version: snapshot.version,
      after: keyOf(snapshot.objects[index - 1]),
    }),
    ...(!matches && { remaining }),
  };
}

function firstSnapshot(request: ResourceRequest): Snapshot {
  const { context, kind, namespace, query } = request;
  const now = context.store.snapshot(kind.resource, namespace);
  const wanted = query.get('resourceVersion');
  const match = query.get('resourceVersionMatch');
  if (match && !wanted) {
    throw badRequest(
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (!wanted || wanted === '0') {
    return now;
  }
  const version = parseVersion(wanted);
  if (version > now.version) {
    throw tooLarge(version, now.version);
  }
  if (match === 'Exact' || (!match && query.get('limit'))) {
    const exact =
      version === now.version
        ? now
        : context.snapshots.find(snapshotKey(request), version);
    if (!exact) {
      throw expired(`The resourceVersion for the provided list is too old.`);
    }
    return exact;
  }
  return now;
}

function continuedSnapshot(
  request: ResourceRequest,
  token: string,
): { snapshot: Snapshot; start: number } {
  const { context, kind, namespace, query } = request;
  const wanted = query.get('resourceVersion');
  if (wanted && wanted !== '0') {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  const { version, after } = decodeContinue(token);
  const snapshot =
    version < 0
      ? context.store.snapshot(kind.resource, namespace)
      : context.snapshots.find(snapshotKey(request), version);
  if (!snapshot) {
    throw expired(CONTINUE_EXPIRED, encodeContinue({ version: -1, after }));
  }
  let low = 0;
  let high = snapshot.objects.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (keyOf(snapshot.objects[middle]) > after) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return { snapshot, start: low };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function snapshotKey({ kind, namespace }: ResourceRequest): string {
  return `${kind.resource} ${namespace ?? '*'}`;
}

/** @throws ApiError 400 for anything but a non-negative whole number */
export function parseVersion(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}

function tooLarge(wanted: number, current: number): ApiError {
  return new ApiError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}
