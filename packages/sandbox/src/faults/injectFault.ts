import { KubeObject } from '../cluster/ClusterStore';
import { Pod, RESOURCES } from '../kserve/kinds';
import { Player } from '../kserve/Player';
import { LlmInferenceService } from '../kserve/service/serviceSpec';
import { Fault, FaultTarget } from './Fault';
import { ActiveFault, targetOf } from './FaultBook';
import { FAULTS } from './faultTable';

/** Which service of a cluster. */
export interface ServiceRef {
  namespace: string;
  name: string;
}

/** How a fault is to be played. */
export interface FaultOptions {
  /** Parts of the service to strike; the fault's own choice where nothing is said. */
  targets?: FaultTarget[];
}

/**
 * Plays a fault on a service until it is cleared.
 * @throws Error for a fault or a service that does not exist
 */
export function injectFault(
  player: Player,
  service: ServiceRef,
  id: string,
  options: FaultOptions = {},
): ActiveFault {
  const fault = FAULTS.get(id);
  if (!fault) {
    throw new Error(
      `There is no fault ${id}; there are ${[...FAULTS.keys()].join(', ')}`,
    );
  }
  const object = serviceObject(player, service);
  const { faults } = player.context;
  const known = faults
    .of(service.namespace, service.name)
    .find(entry => entry.fault.id === id);
  if (known) {
    clearFault(player, service, id);
  }
  const entry: ActiveFault = {
    fault,
    targets: options.targets ?? fault.targets,
  };
  editManifest(player, object, entry);
  faults.add(service.namespace, service.name, entry);
  addObjects(player, object, fault);
  strike(player, service, entry);
  return entry;
}

/** Ends a fault; what it broke heals by the cluster's own means. */
export function clearFault(
  player: Player,
  service: ServiceRef,
  id: string,
): void {
  const entry = player.context.faults.remove(
    service.namespace,
    service.name,
    id,
  );
  if (!entry) {
    throw new Error(
      `No fault ${id} plays on ${service.namespace}/${service.name}`,
    );
  }
  const object = player.context.store.get(
    RESOURCES.service,
    service.name,
    service.namespace,
  );
  if (!object) {
    return;
  }
  removeObjects(player, object as LlmInferenceService, entry.fault);
  restoreManifest(player, object, entry);
  for (const pod of podsOf(player, service, entry.targets)) {
    player.kubelet.runOf(pod)?.refresh();
  }
  player.wake(object);
}

const ORIGINAL = new WeakMap<ActiveFault, KubeObject>();

function editManifest(
  player: Player,
  object: LlmInferenceService,
  entry: ActiveFault,
): void {
  if (!entry.fault.manifest) {
    return;
  }
  ORIGINAL.set(entry, object);
  player.context.store.update(
    RESOURCES.service,
    entry.fault.manifest(object, entry.targets),
  );
}

function restoreManifest(
  player: Player,
  current: KubeObject,
  entry: ActiveFault,
): void {
  const original = ORIGINAL.get(entry);
  if (original) {
    player.context.store.update(RESOURCES.service, {
      ...current,
      metadata: {
        ...current.metadata,
        annotations: original.metadata.annotations,
      },
      spec: original.spec,
    });
  }
}

function addObjects(
  player: Player,
  service: LlmInferenceService,
  fault: Fault,
): void {
  for (const { resource, object } of fault.objects?.(service) ?? []) {
    player.context.store.create(resource, object);
  }
}

function removeObjects(
  player: Player,
  service: LlmInferenceService,
  fault: Fault,
): void {
  const { store } = player.context;
  for (const { resource, object } of fault.objects?.(service) ?? []) {
    const { name, namespace } = object.metadata;
    if (store.get(resource, name, namespace)) {
      store.delete(resource, name, namespace);
    }
  }
}

function strike(
  player: Player,
  service: ServiceRef,
  { fault, targets }: ActiveFault,
): void {
  const { store } = player.context;
  for (const pod of podsOf(player, service, targets)) {
    const run = player.kubelet.runOf(pod);
    switch (fault.strikes) {
      case 'recreate':
        store.delete(RESOURCES.pod, pod.metadata.name, service.namespace, {
          gracePeriodSeconds: 0,
        });
        break;
      case 'restart':
        run?.crashMain();
        break;
      case 'running':
        run?.refresh();
        break;
      default:
    }
  }
  const object = store.get(RESOURCES.service, service.name, service.namespace);
  if (object) {
    player.wake(object);
  }
}

function serviceObject(
  player: Player,
  { namespace, name }: ServiceRef,
): LlmInferenceService {
  const object = player.context.store.get(RESOURCES.service, name, namespace);
  if (!object) {
    throw new Error(
      `There is no LLMInferenceService ${namespace}/${name} in cluster ${player.context.store.name}`,
    );
  }
  return object as LlmInferenceService;
}

function podsOf(
  player: Player,
  service: ServiceRef,
  targets: FaultTarget[],
): Pod[] {
  const { store } = player.context;
  return (store.list(RESOURCES.pod, service.namespace) as Pod[]).filter(pod => {
    const target = targetOf(pod);
    return (
      pod.metadata.labels?.['app.kubernetes.io/name'] === service.name &&
      target !== undefined &&
      targets.includes(target) &&
      !pod.metadata.deletionTimestamp
    );
  });
}
