import { badRequest, expired } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { tableOf } from '../table/tableOf';
import { parseVersion } from './list';
import { metadataJson, objectJson, requestedForm } from './objectForm';
import { apiVersionOf } from './representation';
import { selectionOf } from './selection';
import { sendMalformed } from './WatchHub';
import { WatchStream } from './WatchStream';

/** The API server ends watches that name no timeout after half an hour to an hour. */
const DEFAULT_TIMEOUT_SECONDS = 30 * 60;
const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };

/** GET with `watch=true`. */
export function watchObjects(request: ResourceRequest): void {
  const { context, kind, namespace, query, response } = request;
  const { store } = context;
  const matches = selectionOf(request);
  const from = query.get('resourceVersion') || '0';
  const version = parseVersion(from);
  const bookmarks = query.get('allowWatchBookmarks') === 'true';
  const sendInitial = query.get('sendInitialEvents') === 'true';
  if (sendInitial && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    throw badRequest(
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  const tooOld = () =>
    expired(
      `too old resource version: ${version} (${store.oldestVersion(
        kind.resource,
      )})`,
    );
  if (version !== 0 && context.faults.expiredVersions === 'status') {
    throw tooOld();
  }
  const stream = new WatchStream(response, {
    namespace,
    matches,
    ...jsonOf(request),
  });

  if (version === 0 || sendInitial) {
    const now = store.snapshot(kind.resource, namespace);
    for (const object of now.objects) {
      if (!matches || matches(object)) {
        stream.event('ADDED', object);
      }
    }
    stream.startAfter(now.version);
    if (sendInitial && bookmarks) {
      stream.bookmark(now.version, INITIAL_EVENTS_END);
    }
  } else {
    const changes = context.faults.expiredVersions
      ? undefined
      : store.changesSince(kind.resource, version);
    if (!changes) {
      stream.fail(tooOld().status);
      return;
    }
    stream.startAfter(version);
    for (const change of changes) {
      stream.send(change);
    }
  }

  context.watches.add(kind.resource, stream);
  if (context.faults.connection === 'half-open') {
    stream.silence();
  }
  if (context.faults.malformed) {
    sendMalformed(stream, context.faults.malformed);
  }
  const seconds = Number(query.get('timeoutSeconds'));
  const timeout = setTimeout(() => {
    if (bookmarks) {
      stream.bookmark(store.version);
    }
    stream.end();
  }, (seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS) * 1000);
  const bookmarkTimer = bookmarks
    ? setInterval(
        () => stream.bookmark(store.version),
        context.bookmarkIntervalMs,
      )
    : undefined;
  stream.onClose(() => {
    clearTimeout(timeout);
    clearInterval(bookmarkTimer);
  });
}

function jsonOf(request: ResourceRequest) {
  const { kind, version } = request;
  const apiVersion = apiVersionOf(kind, version);
  const bookmarkJson = (
    resourceVersion: number,
    annotations?: Record<string, string>,
  ) =>
    JSON.stringify({
      kind: kind.kind,
      apiVersion,
      metadata: {
        resourceVersion: String(resourceVersion),
        creationTimestamp: null,
        ...(annotations && { annotations }),
      },
    });
  switch (requestedForm(request.request)) {
    case 'metadata':
      return { json: metadataJson, bookmarkJson };
    case 'table':
      return {
        json: (object: KubeObject) => tableEventJson(request, object),
        bookmarkJson,
      };
    default:
      return {
        json: (object: KubeObject) => objectJson(kind, version, object),
        bookmarkJson,
      };
  }
}

function tableEventJson(request: ResourceRequest, object: KubeObject): string {
  const table = tableOf(request, [object]);
  const { resourceVersion } = object.metadata;
  return `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"${resourceVersion}"},"columnDefinitions":${JSON.stringify(
    table.columns,
  )},"rows":[${table.rows.join(',')}]}`;
}
