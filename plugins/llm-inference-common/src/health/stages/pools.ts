import { findContainer, MAIN_CONTAINER } from '../../resource/containers';
import { GROUP_INDEX_LABEL, LWS_REVISION_LABEL } from '../../resource/labels';
import { findContainerStatus, imageDigest, type Pod } from '../../resource/pod';
import { countDevices, readDeviceRequests } from '../../resource/resourceNames';
import { asList, asNumber, asRecord, asText } from '../../resource/unknown';
import type { PoolFacts } from '../facts/Facts';
import { cleanText, toQuote } from '../quote';
import type { PodHealth, PoolHealth } from '../ServingHealth';

/** Most pods that ended which are shown of a pool; refused devices can leave hundreds. */
const MAX_ENDED = 5;

/** A pool as it is shown. */
export function describePool(pool: PoolFacts, stopped: boolean): PoolHealth {
  const ended = pool.pods.filter(({ phase }) => phase === 'Failed');
  const shown = pool.pods
    .filter(pod => !pod.ended)
    .concat(ended.slice(-MAX_ENDED));
  const { workload } = pool;
  // Thousands of pods run a handful of images.
  const images = new Map<string, string>();
  const digests = new Map<string, string>();
  return {
    topology: pool.topology,
    ...(workload && { workload: `${workload.kind}/${workload.name}` }),
    desired: stopped
      ? asNumber(pool.spec.replicas) ?? pool.desired
      : pool.desired,
    updated: stopped ? 0 : pool.updated,
    ready: stopped ? 0 : pool.ready,
    available: stopped ? 0 : pool.available,
    restarts: pool.current.reduce((sum, pod) => sum + restartsOf(pod), 0),
    ...containersOf(shown),
    pods: shown.map(pod => describePod(pod, pool, { images, digests })),
  };
}

/** Pods of one pool have the same containers but for leaders and workers, and what admission adds. */
function containersOf(pods: Pod[]): Pick<PoolHealth, 'containers'> {
  const names = (field: 'containers' | 'initContainers') =>
    pods.flatMap(({ spec }) =>
      asList(spec[field]).flatMap(item => asText(asRecord(item).name) ?? []),
    );
  const all = new Set([...names('containers'), ...names('initContainers')]);
  const first = all.delete(MAIN_CONTAINER) ? [MAIN_CONTAINER] : [];
  const containers = [...first, ...all].map(toQuote);
  return containers.length > 0 ? { containers } : {};
}

function restartsOf(pod: Pod): number {
  return pod.containers.reduce((sum, { restarts }) => sum + restarts, 0);
}

function describePod(
  pod: Pod,
  pool: PoolFacts,
  { images, digests }: Record<'images' | 'digests', Map<string, string>>,
): PodHealth {
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  const container = findContainer(pod.spec, MAIN_CONTAINER);
  const devices = readDeviceRequests(container);
  const group = Number.parseInt(pod.labels[GROUP_INDEX_LABEL] ?? '', 10);
  const revision = pod.labels[LWS_REVISION_LABEL] ?? pod.owner?.name;
  const image = main?.image ?? container?.image;
  const digest = main && imageDigest(main);
  return {
    name: pod.name,
    phase: pod.phase,
    ready: pod.ready,
    terminating: pod.terminating,
    restarts: restartsOf(pod),
    node: pod.node,
    createdAt: pod.creationTimestamp,
    group: Number.isNaN(group) ? undefined : group,
    updated:
      pool.newestRevision === undefined
        ? undefined
        : revision === pool.newestRevision,
    gpu: countDevices(devices, 'gpu'),
    rdma: countDevices(devices, 'rdma'),
    image: typeof image === 'string' ? cleanImage(image, images) : undefined,
    imageDigest: digest && sameText(digest, digests),
    reason: pod.ready ? undefined : reasonOf(pod),
  };
}

/** The first of equal texts, so that one is held for all of them. */
function sameText(text: string, known: Map<string, string>): string {
  const first = known.get(text) ?? text;
  known.set(text, first);
  return first;
}

function cleanImage(image: string, images: Map<string, string>): string {
  let clean = images.get(image);
  if (clean === undefined) {
    clean = cleanText(image);
    images.set(image, clean);
  }
  return clean;
}

function reasonOf(pod: Pod): string | undefined {
  if (pod.terminating) {
    return 'Terminating';
  }
  if (pod.reason) {
    return toQuote(pod.reason);
  }
  for (const { state, last } of pod.containers) {
    const reason =
      state?.kind === 'waiting' && state.reason !== 'PodInitializing'
        ? state.reason
        : undefined;
    const failed =
      state?.kind === 'terminated' && state.exitCode !== 0
        ? state.reason
        : undefined;
    if (reason || failed) {
      const cause =
        reason === 'CrashLoopBackOff' && last?.reason && last.reason !== 'Error'
          ? last.reason
          : undefined;
      return toQuote(cause ?? reason ?? failed ?? '');
    }
  }
  const condition = pod.conditions.find(
    ({ type, status, reason }) =>
      type === 'PodScheduled' && status === 'False' && reason !== '',
  );
  return condition && toQuote(condition.reason);
}
