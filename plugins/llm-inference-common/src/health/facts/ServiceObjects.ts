import { readEvent, type ClusterEvent } from '../../resource/event';
import {
  readInferenceService,
  statusWorkload,
  type InferenceService,
} from '../../resource/inferenceService';
import type { ServiceRef } from '../../resource/KubernetesObject';
import {
  COMPONENT_LABEL,
  LWS_NAME_LABEL,
  NAME_LABEL,
  PART_OF_LABEL,
  PART_OF_VALUE,
  partOfComponent,
  type ServicePart,
} from '../../resource/labels';
import { readObjectMeta, type ObjectMeta } from '../../resource/objectMeta';
import { readPod, type Pod } from '../../resource/pod';
import { asList, asNumber, asRecord, asText } from '../../resource/unknown';
import { readWorkload, type Workload } from '../../resource/workload';
import type { RouterObject } from './Facts';

/** A ReplicaSet, as far as it matters here. */
export interface ReplicaSet extends ObjectMeta {
  revision: number;
  desired: number;
}

/** The objects of one service, read and sorted by name; everything else in the observation is left out. */
export interface ServiceObjects {
  resource?: InferenceService;
  workloads: Map<ServicePart, Workload>;
  replicaSets: Map<ServicePart, ReplicaSet[]>;
  pods: Map<ServicePart, Pod[]>;
  events: ClusterEvent[];
  inferencePools: RouterObject[];
  routes: RouterObject[];
  gateways: RouterObject[];
  autoscalers: RouterObject[];
}

/** Picks and reads the objects that belong to a service. */
export function readServiceObjects(
  list: unknown,
  service: ServiceRef,
): ServiceObjects {
  const byKind = groupByKind(asList(list), service.namespace);
  const resource = readInferenceService(
    byKind.newest('LLMInferenceService', object => object === service.name),
  );
  const workloads = readWorkloads(byKind, service, resource);
  const owners = new Map<string, ServicePart>();
  for (const [part, workload] of workloads) {
    owners.set(`${workload.kind}/${workload.name}`, part);
  }
  const replicaSets = readReplicaSets(byKind, service, owners);
  for (const [part, sets] of replicaSets) {
    for (const set of sets) {
      owners.set(`ReplicaSet/${set.name}`, part);
    }
  }
  return {
    resource,
    workloads,
    replicaSets,
    pods: readPods(byKind, service, owners),
    events: byKind.all('Event').flatMap(object => readEvent(object) ?? []),
    inferencePools: readRouter(byKind, 'InferencePool'),
    routes: readRouter(byKind, 'HTTPRoute'),
    gateways: readRouter(byKind, 'Gateway'),
    autoscalers: readRouter(byKind, 'HorizontalPodAutoscaler'),
  };
}

interface ObjectsByKind {
  all(kind: string): readonly unknown[];
  newest(kind: string, matches: (name: string) => boolean): unknown;
}

/** Groups objects by kind, one per name and API version; only Gateways may live in another namespace. */
function groupByKind(
  list: readonly unknown[],
  namespace: string,
): ObjectsByKind {
  const kinds = new Map<string, Map<string, unknown>>();
  for (const object of list) {
    const record = asRecord(object);
    const metadata = asRecord(record.metadata);
    const kind = asText(record.kind);
    const name = asText(metadata.name);
    if (!kind || !name) {
      continue;
    }
    if (kind !== 'Gateway' && asText(metadata.namespace) !== namespace) {
      continue;
    }
    // Two API versions of an InferencePool are two objects; of everything else they are one.
    const version = kind === 'InferencePool' ? asText(record.apiVersion) : '';
    const key = `${asText(metadata.namespace)}/${name}/${version}`;
    const known = kinds.get(kind);
    if (!known) {
      kinds.set(kind, new Map([[key, object]]));
    } else if (!known.has(key) || isNewer(object, known.get(key))) {
      known.set(key, object);
    }
  }
  const sorted = (kind: string) =>
    [...(kinds.get(kind) ?? [])].sort(byKey).map(([, object]) => object);
  return {
    all: sorted,
    newest: (kind, matches) =>
      sorted(kind).find(object =>
        matches(asText(asRecord(asRecord(object).metadata).name) ?? ''),
      ),
  };
}

function byKey(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : Number(a[0] > b[0]);
}

/** Which of two versions of one object to believe; a total order, so that the order of the list does not matter. */
function isNewer(object: unknown, than: unknown): boolean {
  const rank = (value: unknown) => {
    const record = asRecord(value);
    const version = Number(asRecord(record.metadata).resourceVersion);
    return [
      Number.isFinite(version) ? version : -1,
      asText(record.apiVersion)?.endsWith('v1alpha1') ? 0 : 1,
    ];
  };
  const [version, api] = rank(object);
  const [otherVersion, otherApi] = rank(than);
  if (version !== otherVersion) {
    return version > otherVersion;
  }
  if (api !== otherApi) {
    return api > otherApi;
  }
  return toComparable(object) > toComparable(than);
}

function toComparable(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Cyclic or otherwise not JSON: no real object, and all such compare equal.
    return '';
  }
}

function belongsTo(meta: ObjectMeta, service: ServiceRef): boolean {
  if (meta.owner?.kind === 'LLMInferenceService') {
    return meta.owner.name === service.name;
  }
  return (
    meta.labels[PART_OF_LABEL] === PART_OF_VALUE &&
    meta.labels[NAME_LABEL] === service.name
  );
}

function readWorkloads(
  byKind: ObjectsByKind,
  service: ServiceRef,
  resource: InferenceService | undefined,
): Map<ServicePart, Workload> {
  const named = new Map<string, ServicePart>();
  if (resource) {
    for (const [key, part] of [
      ['primary', 'decode'],
      ['prefill', 'prefill'],
      ['scheduler', 'scheduler'],
    ] as const) {
      const name = asText(statusWorkload(resource, key)?.name);
      if (name) {
        named.set(name, part);
      }
    }
  }
  const workloads = new Map<ServicePart, Workload>();
  for (const kind of ['Deployment', 'LeaderWorkerSet']) {
    for (const object of byKind.all(kind)) {
      const workload = readWorkload(object);
      if (!workload || !belongsTo(workload, service)) {
        continue;
      }
      const part =
        partOfComponent(workload.labels[COMPONENT_LABEL]) ??
        named.get(workload.name);
      const other = part && workloads.get(part);
      if (part && (!other || isPreferred(workload, other, named))) {
        workloads.set(part, workload);
      }
    }
  }
  return workloads;
}

/** Of two workloads for one part (a change of topology leaves the old one for a while), the one to judge. */
function isPreferred(
  workload: Workload,
  other: Workload,
  named: ReadonlyMap<string, ServicePart>,
): boolean {
  if ((workload.deletedAt === undefined) !== (other.deletedAt === undefined)) {
    return workload.deletedAt === undefined;
  }
  if (named.has(workload.name) !== named.has(other.name)) {
    return named.has(workload.name);
  }
  return (workload.createdAt ?? 0) > (other.createdAt ?? 0);
}

function readReplicaSets(
  byKind: ObjectsByKind,
  service: ServiceRef,
  owners: ReadonlyMap<string, ServicePart>,
): Map<ServicePart, ReplicaSet[]> {
  const sets = new Map<ServicePart, ReplicaSet[]>();
  for (const object of byKind.all('ReplicaSet')) {
    const meta = readObjectMeta(object);
    if (!meta) {
      continue;
    }
    const part =
      (meta.owner && owners.get(`${meta.owner.kind}/${meta.owner.name}`)) ??
      (belongsTo(meta, service)
        ? partOfComponent(meta.labels[COMPONENT_LABEL])
        : undefined);
    if (part) {
      append(sets, part, {
        ...meta,
        revision:
          Number(meta.annotations['deployment.kubernetes.io/revision']) || 0,
        desired: asNumber(asRecord(asRecord(object).spec).replicas) ?? 0,
      });
    }
  }
  return sets;
}

function readPods(
  byKind: ObjectsByKind,
  service: ServiceRef,
  owners: ReadonlyMap<string, ServicePart>,
): Map<ServicePart, Pod[]> {
  const pods = new Map<ServicePart, Pod[]>();
  for (const object of byKind.all('Pod')) {
    const pod = readPod(object);
    if (!pod) {
      continue;
    }
    const group = pod.labels[LWS_NAME_LABEL];
    const part =
      (pod.owner && owners.get(`${pod.owner.kind}/${pod.owner.name}`)) ??
      (group ? owners.get(`LeaderWorkerSet/${group}`) : undefined) ??
      (belongsTo(pod, service)
        ? partOfComponent(pod.labels[COMPONENT_LABEL])
        : undefined);
    if (part) {
      append(pods, part, pod);
    }
  }
  return pods;
}

function readRouter(byKind: ObjectsByKind, kind: string): RouterObject[] {
  return byKind.all(kind).flatMap(object => {
    const meta = readObjectMeta(object);
    return meta ? [{ ...meta, content: asRecord(object) }] : [];
  });
}

function append<T>(map: Map<ServicePart, T[]>, part: ServicePart, item: T) {
  const list = map.get(part);
  if (list) {
    list.push(item);
  } else {
    map.set(part, [item]);
  }
}
