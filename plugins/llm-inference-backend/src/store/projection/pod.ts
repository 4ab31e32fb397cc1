import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, pick, stringMap, stringOf } from './fields';
import type { JsonObject } from './fields';
import { projectOwners } from './metadata';
import { projectPodSpec } from './podSpec';

/** What the pods of one template have in common; held once in memory for all of them. */
export interface PodShared {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: NonNullable<
    KubernetesObject['metadata']
  >['ownerReferences'];
  spec: JsonObject;
  /** Image and image id by container name. */
  images: Record<string, [string | undefined, string | undefined]>;
}

/** A condition as a row: type, status, time of the last transition, reason, message. */
type ConditionRow = Array<string | null>;

/** A container's status as a row: name, ready, started, restarts, state, last state. */
type ContainerRow = [unknown, unknown, unknown, unknown, unknown, unknown];

/** What differs from pod to pod, in rows rather than named fields: 100,000 of these are in memory. */
interface PodOwn {
  /** Name, namespace, uid, creation, deletion. */
  m: Array<string | null>;
  /** Annotations that no other pod has. */
  a?: Record<string, string>;
  n?: string;
  /** Phase, reason, message, pod address, start time. */
  s: Array<string | null>;
  c: ConditionRow[];
  i?: ContainerRow[];
  k?: ContainerRow[];
}

/** Annotations that hold addresses and devices of one pod. */
const POD_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/network-status',
  'k8s.v1.cni.cncf.io/networks-status',
];

/** Annotations of the template that health reads; any other (checksums, times of restarts) stays out. */
const TEMPLATE_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/networks',
  'app.kubernetes.io/version',
  'leaderworkerset.sigs.k8s.io/size',
];

/** Splits a pod into what its template's pods share and what is its own. */
export function packPod(pod: KubernetesObject): {
  shared: PodShared;
  own: string;
} {
  const metadata = objectOf(pod.metadata);
  const spec = objectOf(pod.spec);
  const status = objectOf(pod.status);
  const annotations = objectOf(metadata.annotations);
  const statuses = {
    i: objectsOf(status.initContainerStatuses),
    k: objectsOf(status.containerStatuses),
  };
  const images: PodShared['images'] = {};
  for (const container of [...statuses.i, ...statuses.k]) {
    images[stringOf(container.name) ?? ''] = [
      stringOf(container.image),
      stringOf(container.imageID),
    ];
  }
  const own: PodOwn = {
    m: [
      metadata.name,
      metadata.namespace,
      metadata.uid,
      metadata.creationTimestamp,
      metadata.deletionTimestamp,
    ].map(textOrNull),
    a: stringMap(pick(annotations, POD_ANNOTATIONS)),
    n: stringOf(spec.nodeName),
    s: [
      status.phase,
      status.reason,
      status.message,
      status.podIP,
      status.startTime,
    ].map(textOrNull),
    c: objectsOf(status.conditions).map(condition =>
      trimRow(
        [
          condition.type,
          condition.status,
          condition.lastTransitionTime,
          condition.reason,
          condition.message,
        ].map(textOrNull),
      ),
    ),
    ...(statuses.i.length > 0 ? { i: statuses.i.map(containerRow) } : {}),
    ...(statuses.k.length > 0 ? { k: statuses.k.map(containerRow) } : {}),
  };
  return {
    shared: {
      labels: stringMap(metadata.labels),
      annotations: stringMap(pick(annotations, TEMPLATE_ANNOTATIONS)),
      ownerReferences: projectOwners(metadata.ownerReferences),
      spec: projectPodSpec(spec),
      images,
    },
    own: JSON.stringify(own),
  };
}

/** The pod as the API returned it, less what health does not read. */
export function unpackPod(shared: PodShared, packed: string): KubernetesObject {
  const own = JSON.parse(packed) as PodOwn;
  const [name, namespace, uid, creationTimestamp, deletionTimestamp] =
    own.m.map(textOrUndefined);
  const [phase, reason, message, podIP, startTime] = own.s.map(textOrUndefined);
  return compact({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: compact({
      name,
      namespace,
      uid,
      creationTimestamp,
      deletionTimestamp,
      labels: shared.labels,
      annotations:
        shared.annotations || own.a
          ? { ...shared.annotations, ...own.a }
          : undefined,
      ownerReferences: shared.ownerReferences,
    }),
    spec: own.n ? { ...shared.spec, nodeName: own.n } : shared.spec,
    status: compact({
      phase,
      reason,
      message,
      podIP,
      startTime,
      conditions: own.c.map(row => {
        const [type, status, lastTransitionTime, why, words] =
          row.map(textOrUndefined);
        return compact({
          type,
          status,
          lastTransitionTime,
          reason: why,
          message: words,
        });
      }),
      initContainerStatuses: own.i?.map(row => containerStatus(row, shared)),
      containerStatuses: own.k?.map(row => containerStatus(row, shared)),
    }),
  });
}

function containerRow(status: JsonObject): ContainerRow {
  return [
    status.name,
    status.ready,
    status.started,
    status.restartCount,
    dropContainerId(status.state),
    dropContainerId(status.lastState),
  ];
}

function containerStatus(row: ContainerRow, shared: PodShared): JsonObject {
  const [name, ready, started, restartCount, state, lastState] = row;
  const [image, imageID] = shared.images[String(name)] ?? [];
  return compact({
    name,
    ready,
    started: started ?? undefined,
    restartCount,
    state: state ?? undefined,
    lastState: lastState ?? undefined,
    image,
    imageID,
  });
}

/** A state without the id of the container, which nothing reads and which is never the same twice. */
function dropContainerId(value: unknown): JsonObject | undefined {
  const state = objectOf(value);
  const entries = Object.entries(state).map(([phase, details]) => {
    const { containerID: _dropped, ...kept } = objectOf(details);
    return [phase, kept];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textOrUndefined(value: string | null): string | undefined {
  return value ?? undefined;
}

function trimRow<T>(row: Array<T | null>): Array<T | null> {
  let length = row.length;
  while (length > 0 && row[length - 1] === null) length -= 1;
  return row.slice(0, length);
}

function compact<T extends object>(value: T): T {
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) delete (value as JsonObject)[name];
  }
  return value;
}
