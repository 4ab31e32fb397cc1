import { Player } from '../kserve/Player';
import { RESOURCES } from '../kserve/kinds';
import { LlmInferenceService } from '../kserve/service/serviceSpec';
import { FaultTarget } from './Fault';
import { ActiveFault } from './FaultBook';
import { faultOf } from './faultTable';
import { heal, strike } from './strike';
import { UnknownError } from './UnknownError';

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
 * Plays a fault on a service until it is cleared. Played again, it strikes again.
 * @throws UnknownError where there is no such fault or service
 * @throws Error where the fault cannot be played on this service
 */
export function injectFault(
  player: Player,
  ref: ServiceRef,
  id: string,
  options: FaultOptions = {},
): ActiveFault {
  const fault = faultOf(id);
  const { faults, store } = player.context;
  if (playing(player, ref, fault.id)) {
    clearFault(player, ref, fault.id);
  }
  const service = serviceObject(player, ref);
  const unfit = fault.unfit?.(service);
  if (unfit) {
    throw new Error(`${fault.id} cannot be played on ${ref.name}: ${unfit}`);
  }
  player.meters.settle(service);
  const entry: ActiveFault = {
    fault,
    targets: options.targets ?? fault.targets,
    ...(fault.manifest ? { original: service } : {}),
  };
  if (fault.manifest) {
    store.update(RESOURCES.service, fault.manifest(service, entry.targets));
  }
  faults.add(ref.namespace, ref.name, entry);
  strike(player, ref, entry);
  return entry;
}

/**
 * Ends a fault; what it broke heals by the cluster's own means.
 * @throws UnknownError where it does not play
 */
export function clearFault(player: Player, ref: ServiceRef, id: string): void {
  const fault = faultOf(id);
  const { faults, store } = player.context;
  const current = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (current) {
    player.meters.settle(current);
  }
  const entry = faults.remove(ref.namespace, ref.name, fault.id);
  if (!entry) {
    throw new UnknownError(
      `No fault ${fault.id} plays on ${ref.namespace}/${ref.name}`,
    );
  }
  if (current && entry.original) {
    store.update(RESOURCES.service, {
      ...current,
      metadata: {
        ...current.metadata,
        annotations: entry.original.metadata.annotations,
      },
      spec: entry.original.spec,
    });
  }
  heal(player, ref, entry);
}

function playing(player: Player, ref: ServiceRef, id: string): boolean {
  return player.context.faults
    .of(ref.namespace, ref.name)
    .some(entry => entry.fault.id === id);
}

function serviceObject(player: Player, ref: ServiceRef): LlmInferenceService {
  const { store } = player.context;
  const object = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (!object) {
    throw new UnknownError(
      `There is no LLMInferenceService ${ref.namespace}/${ref.name} in cluster ${store.name}`,
    );
  }
  return object as LlmInferenceService;
}
