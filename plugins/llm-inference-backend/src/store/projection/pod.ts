import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { compactTime } from './compactTime';
import type { CompactTime, TimeExpander } from './compactTime';
import { containerImage, packContainer, unpackContainer } from './containerRow';
import type { ContainerImage, ContainerRow, Expand } from './containerRow';
import { objectOf, objectsOf, pick, stringMap, stringOf } from './fields';
import type { JsonObject } from './fields';
import { projectOwners } from './metadata';
import {
  NETWORK_STATUS_ANNOTATIONS,
  networkStatus,
  reduceNetworkStatus,
} from './networkStatus';
import { projectPodSpec } from './podSpec';
import { filled, textOrNull, trimRow } from './rows';

/** What the pods of one template have in common; held once in memory for all of them. */
export interface PodShared {
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: NonNullable<
    KubernetesObject['metadata']
  >['ownerReferences'];
  spec: JsonObject;
  /** Of all containers that report, those of the start first. */
  images: ContainerImage[];
  /** Where networks are attached. */
  networks?: JsonObject[];
}

/**
 * A condition: type, status, last transition, reason, message; known words by their code. Where there is no more
 * to it than two codes and a time, as in most, it is one word: `R+320`.
 */
type ConditionCell =
  | string
  | [string | null, string | null, CompactTime?, string?, string?];

/** What a pod is given once: uid, creation, node, the RDMA devices behind its networks. */
type PlaceRow = [
  string | null,
  CompactTime,
  (string | null)?,
  Array<string | null>?,
];

/**
 * What a pod reports again and again, in rows rather than named fields, because 100,000 of these are in memory:
 * phase, address, reason and message; conditions; containers of the start; containers; deletion. Times are
 * counted from the creation.
 */
type ReportRow = [
  Array<string | null>,
  ConditionCell[],
  ContainerRow[],
  ContainerRow[],
  CompactTime?,
];

/** A pod as it is held in memory. */
export interface PackedPod {
  /** A {@link PodShared} as text. */
  shared: string;
  /** What the pod was given once, as text. */
  place: string;
  /** What the pod reports, as text. */
  own: string;
}

/** Annotations of the template that health reads; any other (checksums, times of restarts) stays out. */
const TEMPLATE_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/networks',
  'app.kubernetes.io/version',
  'leaderworkerset.sigs.k8s.io/size',
];

/** Words that every pod repeats, and what stands for them. */
const CODES = new Map([
  ['PodScheduled', 'P'],
  ['Initialized', 'I'],
  ['ContainersReady', 'C'],
  ['Ready', 'R'],
  ['PodReadyToStartContainers', 'S'],
  ['True', '+'],
  ['False', '-'],
]);

const WORDS = new Map([...CODES].map(([word, code]) => [code, word]));

/** Splits a pod into what its template's pods share, what it was given, and what it reports. */
export function packPod(pod: KubernetesObject): PackedPod {
  const metadata = objectOf(pod.metadata);
  const spec = objectOf(pod.spec);
  const annotations = objectOf(metadata.annotations);
  const attached = reduceNetworkStatus(annotations);
  const place = trimRow([
    textOrNull(metadata.uid),
    compactTime(metadata.creationTimestamp),
    textOrNull(spec.nodeName),
    attached?.devices.length ? attached.devices : null,
  ]);
  return {
    shared: JSON.stringify({
      namespace: stringOf(metadata.namespace),
      labels: stringMap(metadata.labels),
      annotations: stringMap(pick(annotations, TEMPLATE_ANNOTATIONS)),
      ownerReferences: projectOwners(metadata.ownerReferences),
      spec: projectPodSpec(spec),
      images: statusesOf(pod).map(containerImage),
      networks: attached?.networks,
    } satisfies PodShared),
    place: JSON.stringify(place),
    own: packReport(pod),
  };
}

/** What a pod reports; all of it is read from its status and its deletion, as time since its creation. */
export function packReport(pod: KubernetesObject): string {
  const { creationTimestamp, deletionTimestamp } = objectOf(pod.metadata);
  const createdAt = compactTime(creationTimestamp);
  const status = objectOf(pod.status);
  const containers = (group: string) =>
    objectsOf(status[group]).map(each => packContainer(each, createdAt));
  return JSON.stringify(
    trimRow([
      trimRow(
        [status.phase, status.podIP, status.reason, status.message].map(
          textOrNull,
        ),
      ),
      objectsOf(status.conditions).map(condition =>
        packCondition(condition, createdAt),
      ),
      containers('initContainerStatuses'),
      containers('containerStatuses'),
      compactTime(deletionTimestamp, createdAt),
    ]),
  );
}

/**
 * Everything outside the spec that the shared part and the place of a pod are made from, as text: as long as
 * it and the spec are the same, so are they.
 */
export function settledText(pod: KubernetesObject): string {
  const metadata = objectOf(pod.metadata);
  return JSON.stringify([
    metadata.uid,
    metadata.creationTimestamp,
    metadata.namespace,
    metadata.labels,
    metadata.annotations,
    metadata.ownerReferences,
    statusesOf(pod).map(containerImage),
  ]);
}

/** The pod as the API returned it, less what health does not read. */
export function unpackPod(
  name: string,
  shared: PodShared,
  packed: Omit<PackedPod, 'shared'>,
  times: TimeExpander,
): KubernetesObject {
  const [uid, createdAt, node, devices] = JSON.parse(packed.place) as PlaceRow;
  const [words, conditions, starting, running, deletedAt] = JSON.parse(
    packed.own,
  ) as ReportRow;
  const [phase, podIP, reason, message] = words;
  const { images, networks } = shared;
  const expand: Expand = time => times.expand(time, createdAt);
  const containers = (rows: ContainerRow[], first: number) =>
    rows.length === 0
      ? undefined
      : rows.map((row, index) =>
          unpackContainer(row, images[first + index], expand),
        );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: filled({
      name,
      namespace: shared.namespace,
      uid,
      creationTimestamp: times.expand(createdAt),
      deletionTimestamp: expand(deletedAt),
      labels: shared.labels,
      annotations: networks
        ? {
            ...shared.annotations,
            [NETWORK_STATUS_ANNOTATIONS[0]]: networkStatus({
              networks,
              devices: devices ?? [],
            }),
          }
        : shared.annotations,
      ownerReferences: shared.ownerReferences,
    }),
    spec: node ? { ...shared.spec, nodeName: node } : shared.spec,
    status: filled({
      phase,
      podIP,
      reason,
      message,
      conditions: conditions.map(cell => unpackCondition(cell, expand)),
      initContainerStatuses: containers(starting, 0),
      containerStatuses: containers(running, starting.length),
    }),
  };
}

/** The statuses of all containers, those of the start first. */
function statusesOf(pod: KubernetesObject): JsonObject[] {
  const status = objectOf(pod.status);
  return [
    ...objectsOf(status.initContainerStatuses),
    ...objectsOf(status.containerStatuses),
  ];
}

function packCondition(
  condition: JsonObject,
  createdAt: CompactTime,
): ConditionCell {
  const row = trimRow([
    encode(condition.type),
    encode(condition.status),
    compactTime(condition.lastTransitionTime, createdAt),
    textOrNull(condition.reason),
    textOrNull(condition.message),
  ]);
  const [type, status, changedAt] = row;
  const isWord =
    row.length === 3 &&
    WORDS.has(String(type)) &&
    WORDS.has(String(status)) &&
    typeof changedAt === 'number';
  return isWord ? row.join('') : (row as ConditionCell);
}

function unpackCondition(cell: ConditionCell, expand: Expand): JsonObject {
  const [type, status, changedAt, reason, message] =
    typeof cell === 'string' ? [cell[0], cell[1], Number(cell.slice(2))] : cell;
  return filled({
    type: decode(type),
    status: decode(status),
    lastTransitionTime: expand(changedAt),
    reason,
    message,
  });
}

function encode(value: unknown): string | null {
  const text = textOrNull(value);
  return text === null ? null : CODES.get(text) ?? text;
}

function decode(value: string | null | undefined): string | undefined {
  return value ? WORDS.get(value) ?? value : undefined;
}
