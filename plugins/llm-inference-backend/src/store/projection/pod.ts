import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { compactTime, expandTime } from './compactTime';
import { packContainer, unpackContainer } from './containerRow';
import type { ContainerImages, ContainerRow } from './containerRow';
import {
  compact,
  objectOf,
  objectsOf,
  pick,
  stringMap,
  stringOf,
} from './fields';
import type { JsonObject } from './fields';
import { projectOwners } from './metadata';
import {
  NETWORK_STATUS_ANNOTATIONS,
  reduceNetworkStatus,
} from './networkStatus';
import { projectPodSpec } from './podSpec';

/** What the pods of one template have in common; held once in memory for all of them. */
export interface PodShared {
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: NonNullable<
    KubernetesObject['metadata']
  >['ownerReferences'];
  spec: JsonObject;
  images: ContainerImages;
}

type Time = number | string | null;

/** A condition as a row: type, status, last transition, reason, message; known words by their code. */
type ConditionRow = [string | null, string | null, Time?, string?, string?];

/** What a pod is given once: uid, creation, node, the networks that were attached. */
type PlaceRow = [string | null, Time, (string | null)?, (JsonObject[] | null)?];

/** What a pod reports again and again, in rows rather than named fields: 100,000 of these are in memory. */
interface PodReport {
  /** Deletion. */
  d?: Time;
  /** Phase, address, reason, message. */
  s: Array<string | null>;
  c: ConditionRow[];
  i?: ContainerRow[];
  k?: ContainerRow[];
}

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
  const place = trimRow([
    textOrNull(metadata.uid),
    compactTime(metadata.creationTimestamp),
    textOrNull(spec.nodeName),
    reduceNetworkStatus(annotations) ?? null,
  ]);
  return {
    shared: JSON.stringify({
      namespace: stringOf(metadata.namespace),
      labels: stringMap(metadata.labels),
      annotations: stringMap(pick(annotations, TEMPLATE_ANNOTATIONS)),
      ownerReferences: projectOwners(metadata.ownerReferences),
      spec: projectPodSpec(spec),
      images: imagesOf(statusesOf(pod)),
    } satisfies PodShared),
    place: JSON.stringify(place),
    own: packReport(pod),
  };
}

/** What a pod reports; all of it is read from its status and its deletion. */
export function packReport(pod: KubernetesObject): string {
  const status = objectOf(pod.status);
  const deletedAt = compactTime(objectOf(pod.metadata).deletionTimestamp);
  const initContainers = objectsOf(status.initContainerStatuses);
  const containers = objectsOf(status.containerStatuses);
  const report: PodReport = {
    d: deletedAt ?? undefined,
    s: trimRow(
      [status.phase, status.podIP, status.reason, status.message].map(
        textOrNull,
      ),
    ),
    c: objectsOf(status.conditions).map(packCondition),
    i: initContainers.length ? initContainers.map(packContainer) : undefined,
    k: containers.length ? containers.map(packContainer) : undefined,
  };
  return JSON.stringify(report);
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
    statusesOf(pod).map(({ name, image, imageID }) => [name, image, imageID]),
  ]);
}

/** The pod as the API returned it, less what health does not read. */
export function unpackPod(
  name: string,
  shared: PodShared,
  packed: Omit<PackedPod, 'shared'>,
): KubernetesObject {
  const [uid, createdAt, node, networks] = JSON.parse(packed.place) as PlaceRow;
  const own = JSON.parse(packed.own) as PodReport;
  const [phase, podIP, reason, message] = own.s.map(textOrUndefined);
  const { labels, namespace, ownerReferences } = shared;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: compact({
      name,
      namespace,
      uid: textOrUndefined(uid),
      creationTimestamp: expandTime(createdAt),
      deletionTimestamp: expandTime(own.d),
      labels,
      annotations: networks
        ? {
            ...shared.annotations,
            [NETWORK_STATUS_ANNOTATIONS[0]]: JSON.stringify(networks),
          }
        : shared.annotations,
      ownerReferences,
    }),
    spec: node ? { ...shared.spec, nodeName: node } : shared.spec,
    status: compact({
      phase,
      podIP,
      reason,
      message,
      conditions: own.c.map(unpackCondition),
      initContainerStatuses: own.i?.map(row =>
        unpackContainer(row, shared.images),
      ),
      containerStatuses: own.k?.map(row => unpackContainer(row, shared.images)),
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

function imagesOf(statuses: JsonObject[]): ContainerImages {
  return Object.fromEntries(
    statuses.map(({ name, image, imageID }) => [
      stringOf(name) ?? '',
      [stringOf(image), stringOf(imageID)],
    ]),
  );
}

function packCondition(condition: JsonObject): ConditionRow {
  return trimRow([
    encode(condition.type),
    encode(condition.status),
    compactTime(condition.lastTransitionTime),
    textOrNull(condition.reason),
    textOrNull(condition.message),
  ]) as ConditionRow;
}

function unpackCondition(row: ConditionRow): JsonObject {
  const [type, status, changedAt, reason, message] = row;
  return compact({
    type: decode(type),
    status: decode(status),
    lastTransitionTime: expandTime(changedAt),
    reason: textOrUndefined(reason),
    message: textOrUndefined(message),
  });
}

function encode(value: unknown): string | null {
  const text = textOrNull(value);
  return text === null ? null : CODES.get(text) ?? text;
}

function decode(value: string | null | undefined): string | undefined {
  return value ? WORDS.get(value) ?? value : undefined;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textOrUndefined(value: string | null | undefined): string | undefined {
  return value ?? undefined;
}

function trimRow<T>(row: Array<T | null>): Array<T | null> {
  let length = row.length;
  while (length > 0 && row[length - 1] === null) length -= 1;
  return row.slice(0, length);
}
