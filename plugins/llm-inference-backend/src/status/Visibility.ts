import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { llmInferenceFleetReadPermission } from 'backstage-plugin-llm-inference-common';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import { providedEntityName } from 'backstage-plugin-llm-inference-node';
import type { BoundEntity } from '../access/BoundEntity';
import type { Gate } from '../access/Gate';
import type { AssessedService } from '../assess/AssessedService';
import type { ServiceBoard } from '../assess/ServiceBoard';

/** A service that a caller may see, with the entity it is bound to. */
export interface VisibleService {
  assessed: AssessedService;
  /** Absent where the service is bound to no entity. */
  entity?: BoundEntity;
}

/** Whether an entity names a service. */
export function names(entity: BoundEntity, assessed: AssessedService): boolean {
  const { target } = entity;
  const { cluster, namespace, name } = assessed.service;
  return (
    target?.namespace === namespace &&
    target.name === name &&
    (target.cluster === undefined || target.cluster === cluster)
  );
}

/** Whether an entity and a service name each other, or the entity was made from the service. */
export function bound(entity: BoundEntity, assessed: AssessedService): boolean {
  return (
    (assessed.claimedEntity === entity.entityRef || entity.provided === true) &&
    names(entity, assessed)
  );
}

/** The entity that a service has from our catalog provider, where no other entity claims it. */
export function providedRef({ service }: AssessedService): string {
  return `component:default/${providedEntityName(service)}`;
}

/**
 * The services among these that the caller may see: those bound to an entity that the caller may read the
 * status of, and, for callers who may see the whole fleet, those bound to none. Services of entities that
 * are hidden from the caller are left out without a trace.
 */
export async function visibleServices(
  services: Iterable<AssessedService>,
  gate: Gate,
  credentials: BackstageCredentials,
): Promise<VisibleService[]> {
  const all = [...services];
  const claimed = all.flatMap(({ claimedEntity }) => claimedEntity ?? []);
  const [decisions, wholeFleet] = await Promise.all([
    gate.entities(claimed, credentials),
    gate.has(llmInferenceFleetReadPermission, credentials),
  ]);
  const owning = (assessed: AssessedService, ref: string | undefined) => {
    const decision = ref ? decisions.get(ref) : undefined;
    return decision?.visible && bound(decision.entity, assessed)
      ? decision
      : undefined;
  };
  const unclaimed = all.filter(
    assessed => !owning(assessed, assessed.claimedEntity),
  );
  const provided = await gate.entities(unclaimed.map(providedRef), credentials);
  for (const [ref, decision] of provided) decisions.set(ref, decision);
  return all.flatMap(assessed => {
    const decision =
      owning(assessed, assessed.claimedEntity) ??
      owning(assessed, providedRef(assessed));
    if (decision) {
      return decision.allowed ? [{ assessed, entity: decision.entity }] : [];
    }
    return wholeFleet ? [{ assessed }] : [];
  });
}

/**
 * One service, where the caller may see it. Throws a NotFoundError with the same words for "not there" and
 * "not for you": the answer is no oracle.
 */
export async function requireVisible(
  service: ServiceRef,
  { board, gate }: { board: ServiceBoard; gate: Gate },
  credentials: BackstageCredentials,
): Promise<VisibleService> {
  const assessed = board.get(service);
  const [visible] = assessed
    ? await visibleServices([assessed], gate, credentials)
    : [];
  if (!visible) {
    const { cluster, namespace, name } = service;
    throw new NotFoundError(
      `There is no service ${namespace}/${name} in cluster ${cluster}`,
    );
  }
  return visible;
}
