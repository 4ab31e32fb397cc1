import { badRequest } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord, recordAt } from '../../cluster/json';
import { ResourceRequest } from '../ApiContext';
import { currentObject } from '../resources/get';
import { ContainerRef, LogLine } from './PodSources';

/** GET of pods/log, with container, previous, tailLines, limitBytes, sinceSeconds, sinceTime, timestamps, follow. */
export function readPodLog(request: ResourceRequest): void {
  const { context, query, response } = request;
  const pod = currentObject(request);
  const container = chosenContainer(pod, query.get('container') ?? '');
  const previous = query.get('previous') === 'true';
  checkStarted(pod, container, previous);
  const ref: ContainerRef = {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    container,
  };
  const format = (line: LogLine) =>
    query.get('timestamps') === 'true'
      ? `${line.at.toISOString().replace('Z', '000000Z')} ${line.text}\n`
      : `${line.text}\n`;
  const lines =
    context.logs?.read(ref, previous ? 'previous' : 'current') ?? [];
  const text = chosenLines(lines, query, context.store.clock.now())
    .map(format)
    .join('');
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  const limit = Number(query.get('limitBytes') ?? 0);
  const bytes = Buffer.from(text);
  response.write(limit > 0 ? bytes.subarray(0, limit) : bytes);
  if (query.get('follow') !== 'true' || previous || !context.logs) {
    response.end();
    return;
  }
  const stopLines = context.logs.follow(ref, line =>
    response.write(format(line)),
  );
  const stopWatching = context.store.subscribe(({ type, resource, object }) => {
    const isPod =
      resource === 'pods' && object.metadata.uid === pod.metadata.uid;
    if (isPod && (type === 'DELETED' || hasEnded(object))) {
      response.end();
    }
  });
  response.on('close', () => {
    stopLines();
    stopWatching();
  });
  response.flushHeaders();
}

function hasEnded(pod: KubeObject): boolean {
  const { phase } = recordAt(pod, 'status');
  return phase === 'Succeeded' || phase === 'Failed';
}

function chosenLines(
  lines: LogLine[],
  query: URLSearchParams,
  now: Date,
): LogLine[] {
  const tail = query.get('tailLines');
  const sinceSeconds = query.get('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  let since = -Infinity;
  if (sinceSeconds) {
    since = now.getTime() - Number(sinceSeconds) * 1000;
  } else if (sinceTime) {
    since = Date.parse(sinceTime);
  }
  const recent = lines.filter(line => line.at.getTime() >= since);
  if (tail === null) {
    return recent;
  }
  const count = Number(tail);
  if (!Number.isInteger(count) || count < 0) {
    throw badRequest(
      `tailLines: Invalid value: ${tail}: must be greater than or equal to 0`,
    );
  }
  return count === 0 ? [] : recent.slice(-count);
}

function namesOf(pod: KubeObject, field: string): string[] {
  const list = recordAt(pod, 'spec')[field];
  return Array.isArray(list)
    ? list.filter(isRecord).map(container => String(container.name))
    : [];
}

function chosenContainer(pod: KubeObject, wanted: string): string {
  const containers = namesOf(pod, 'containers');
  const initContainers = namesOf(pod, 'initContainers');
  const { name } = pod.metadata;
  if (wanted) {
    if (![...containers, ...initContainers].includes(wanted)) {
      throw badRequest(`container ${wanted} is not valid for pod ${name}`);
    }
    return wanted;
  }
  if (containers.length > 1 || initContainers.length > 0) {
    const init = initContainers.length
      ? ` or one of the init containers: [${initContainers.join(' ')}]`
      : '';
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${containers.join(
        ' ',
      )}]${init}`,
    );
  }
  return containers[0] ?? '';
}

function statusOf(pod: KubeObject, container: string): JsonRecord {
  const { containerStatuses, initContainerStatuses } = recordAt(pod, 'status');
  const statuses: unknown[] = [containerStatuses, initContainerStatuses].flat();
  return (
    statuses.filter(isRecord).find(status => status.name === container) ?? {}
  );
}

/** The kubelet has no log of a container that never ran. */
function checkStarted(
  pod: KubeObject,
  container: string,
  previous: boolean,
): void {
  const status = statusOf(pod, container);
  const { name } = pod.metadata;
  if (previous) {
    const last = recordAt(status, 'lastState', 'terminated');
    if (Object.keys(last).length === 0) {
      throw badRequest(
        `previous terminated container "${container}" in pod "${name}" not found`,
      );
    }
    return;
  }
  const { reason } = recordAt(status, 'state', 'waiting');
  if (typeof reason === 'string' && reason !== 'CrashLoopBackOff') {
    throw badRequest(
      `container "${container}" in pod "${name}" is waiting to start: ${waitingWords(
        reason,
      )}`,
    );
  }
}

function waitingWords(reason: string): string {
  switch (reason) {
    case 'ImagePullBackOff':
      return 'trying and failing to pull image';
    case 'ErrImagePull':
      return "image can't be pulled";
    default:
      return reason;
  }
}
