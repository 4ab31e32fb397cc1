import { KubeObject } from '../cluster/ClusterStore';
import {
  createClusterStore,
  namespaceObject,
} from '../cluster/createClusterStore';
import { isRecord } from '../cluster/json';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { SandboxClock } from '../kserve/clock/SandboxClock';
import { Deployment, Pod, RESOURCES } from '../kserve/kinds';
import { Player } from '../kserve/Player';
import { networkAttachment, seedClusterBase } from './clusterBase';
import { MACHINES, node } from './nodes';
import { pdService } from './pdService';

/** How large a fleet is to be. */
export interface FleetOptions {
  services: number;
  /** Pods of each service, its scheduler included; at least 3. */
  podsPerService: number;
  /** Over how many namespaces the services are spread; 20 where nothing is given. */
  namespaces?: number;
  /** What names begin with; `service` where nothing is given. Fleets of several clusters tell their services apart by it. */
  prefix?: string;
}

const TEMPLATE_NAME = 'fleet-template';
const TEMPLATE_NAMESPACE = 'fleet-namespace';
const SETTLED_MS = 1_800_000;

/** In the order in which owners come before what they own. */
const COPIED = [
  RESOURCES.service,
  RESOURCES.kubeService,
  RESOURCES.inferencePool,
  RESOURCES.httpRoute,
  RESOURCES.deployment,
  RESOURCES.replicaSet,
  RESOURCES.pod,
];

/**
 * Fills a cluster with healthy services, for benchmarks: one is played to the end aside, the others
 * are its copies. Nobody acts on them until something changes. Answers their names.
 */
export function seedFleet(
  player: Player,
  options: FleetOptions,
): { namespace: string; name: string }[] {
  const template = playTemplate(options.podsPerService);
  const { store } = player.context;
  const namespaces = Array.from(
    { length: Math.min(options.services, options.namespaces ?? 20) },
    (_, index) => `fleet-${index + 1}`,
  );
  const services = Array.from({ length: options.services }, (_, index) => ({
    namespace: namespaces[index % namespaces.length],
    name: `${options.prefix ?? 'service'}-${index + 1}`,
  }));
  player.quietly(() => {
    namespaces
      .filter(name => !store.get(RESOURCES.namespace, name))
      .forEach(name =>
        store.create(RESOURCES.namespace, namespaceObject(name)),
      );
    services.forEach(service => copy(store, template, service));
  });
  return services;
}

type Template = Record<string, KubeObject[]>;

interface SharedParts {
  spec: Pod['spec'];
}

function playTemplate(podsPerService: number): Template {
  const clock = new SandboxClock({ startAt: new Date() });
  const store = createClusterStore('fleet', { clock });
  const player = new Player(store, clock);
  seedClusterBase(store, { gatewayAddress: '203.0.113.14' });
  store.create(
    RESOURCES.networkAttachment,
    networkAttachment(TEMPLATE_NAMESPACE),
  );
  const now = clock.now().toISOString();
  for (let index = 0; index < podsPerService; index++) {
    store.create(RESOURCES.node, node(`gpu-${index}`, MACHINES.gpu, now));
  }
  store.create(
    RESOURCES.service,
    pdService({
      name: TEMPLATE_NAME,
      namespace: TEMPLATE_NAMESPACE,
      model: {
        uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
        name: 'Qwen/Qwen2.5-7B-Instruct',
      },
      prefillReplicas: Math.max(1, podsPerService - 2),
    }),
  );
  clock.advance(SETTLED_MS);
  player.stop();
  return Object.fromEntries(
    COPIED.map(resource => [
      resource,
      store.list(resource, TEMPLATE_NAMESPACE),
    ]),
  );
}

function copy(
  store: MemoryClusterStore,
  template: Template,
  service: { namespace: string; name: string },
): void {
  const uids = new Map<string, string>();
  const shared = new Map<string, SharedParts>();
  for (const resource of COPIED) {
    for (const original of template[resource]) {
      const renamed = renamedObject(original, service, shared);
      const created = store.create(resource, {
        ...renamed,
        metadata: {
          ...renamed.metadata,
          ownerReferences: renamed.metadata.ownerReferences?.map(owner => ({
            ...owner,
            uid: uids.get(owner.uid) ?? owner.uid,
          })),
        },
      });
      uids.set(original.metadata.uid ?? '', created.metadata.uid ?? '');
    }
  }
}

/**
 * A Deployment, its ReplicaSet and its pods share the pod's specification in memory; as JSON each has
 * its own.
 */
function renamedObject(
  original: KubeObject,
  service: { namespace: string; name: string },
  shared: Map<string, SharedParts>,
): KubeObject {
  if (original.kind === 'Pod') {
    const pod = original as Pod;
    const { spec, ...rest } = pod;
    const parts = shared.get(componentOf(pod));
    const renamed = rename(rest, service);
    return {
      ...renamed,
      metadata: { ...renamed.metadata, managedFields: managedFieldsOf(pod) },
      spec: { ...parts?.spec, nodeName: spec.nodeName },
    };
  }
  if (original.kind === 'Deployment' || original.kind === 'ReplicaSet') {
    const workload = original as Deployment;
    const { template, ...spec } = workload.spec;
    const component = componentOf(workload);
    const parts = shared.get(component) ?? {
      spec: rename(template.spec, service),
    };
    shared.set(component, parts);
    return {
      ...rename({ ...workload, spec }, service),
      spec: {
        ...rename(spec, service),
        template: {
          metadata: rename(template.metadata, service),
          spec: parts.spec,
        },
      },
    };
  }
  return rename(original, service);
}

function componentOf({ metadata }: KubeObject): string {
  return metadata.labels?.['app.kubernetes.io/component'] ?? '';
}

const managedFields = new WeakMap<Pod, unknown[]>();

/** Who set which field: a third of what a pod weighs on the wire. The same for all copies of a pod. */
function managedFieldsOf(pod: Pod): unknown[] {
  const known = managedFields.get(pod) ?? buildManagedFields(pod);
  managedFields.set(pod, known);
  return known;
}

function buildManagedFields({ spec, status, metadata }: Pod): unknown[] {
  const entry = (manager: string, fieldsV1: unknown, subresource?: string) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: metadata.creationTimestamp,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource ? { subresource } : {}),
  });
  const { labels, annotations } = metadata;
  return [
    entry('kube-controller-manager', {
      'f:metadata': fieldsOf({ labels, annotations }),
      'f:spec': fieldsOf(spec),
    }),
    entry('kubelet', { 'f:status': fieldsOf(status) }, 'status'),
  ];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) {
    return Object.fromEntries(
      value.map((item, index) => [
        `k:{"name":"${isRecord(item) ? item.name ?? index : item}"}`,
        { '.': {}, ...fieldsOf(item) },
      ]),
    );
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, field]) => [
          `f:${key}`,
          fieldsOf(field),
        ]),
      )
    : {};
}

function rename<T>(value: T, service: { namespace: string; name: string }): T {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll(TEMPLATE_NAME, service.name)
      .replaceAll(TEMPLATE_NAMESPACE, service.namespace),
  );
}
