import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { llmInferenceFleetReadPermission } from 'backstage-plugin-llm-inference-common';
import type {
  Binding,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { providedEntityName } from 'backstage-plugin-llm-inference-node';
import type { BoundEntity } from '../access/BoundEntity';
import type { Decision, Gate } from '../access/Gate';
import { serviceKeyOf } from '../assess/AssessedService';
import type { AssessedService } from '../assess/AssessedService';
import type { ServiceBoard } from '../assess/ServiceBoard';

/** A service that a caller may see, with the entity it is bound to. */
export interface VisibleService {
  assessed: AssessedService;
  /** Absent where the service is bound to no entity. */
  entity?: BoundEntity;
  /** How the entity and the service are bound; with `Annotation` verdict and counts are all that may be shown. */
  binding?: Binding;
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

/**
 * Whether an entity and a service name each other, or the entity was made from the service. What is missing is
 * missed by one entity and bound to no other.
 */
export function bound(entity: BoundEntity, assessed: AssessedService): boolean {
  return (
    (assessed.claimedEntity === entity.entityRef ||
      (entity.provided === true && !assessed.missing)) &&
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
 * are hidden from the caller are left out without a trace. Where the portal takes the word of an entity
 * alone, services that only such an entity names are there too, with the binding `Annotation`.
 */
export async function visibleServices(
  services: Iterable<AssessedService>,
  gate: Gate,
  credentials: BackstageCredentials,
): Promise<VisibleService[]> {
  const all = [...services];
  const claimed = all.flatMap(({ claimedEntity }) => claimedEntity ?? []);
  const [decisions, wholeFleet, naming] = await Promise.all([
    gate.entities(claimed, credentials),
    gate.has(llmInferenceFleetReadPermission, credentials),
    gate.naming(credentials),
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
  const oneSided = byService(naming);
  const visible = all.flatMap((assessed): VisibleService[] => {
    const decision =
      owning(assessed, assessed.claimedEntity) ??
      owning(assessed, providedRef(assessed));
    if (decision) {
      return decision.allowed
        ? [{ assessed, entity: decision.entity, binding: 'Verified' }]
        : [];
    }
    if (wholeFleet) return [{ assessed }];
    if (assessed.missing) return [];
    const named = oneSided.get(nameKey(assessed.service)) ?? [];
    const entity = named.find(candidate => names(candidate, assessed));
    return entity ? [{ assessed, entity, binding: 'Annotation' }] : [];
  });
  return onePerPlace(visible);
}

/** Who may see the service that has a place is not told that others miss theirs there. */
function onePerPlace(visible: VisibleService[]): VisibleService[] {
  if (!visible.some(({ assessed }) => assessed.missing)) return visible;
  const shown = new Map<string, VisibleService>();
  for (const each of visible) {
    const key = serviceKeyOf(each.assessed.service);
    const other = shown.get(key);
    if (!other || outranks(each.assessed, other.assessed)) shown.set(key, each);
  }
  return [...shown.values()];
}

function outranks(a: AssessedService, b: AssessedService): boolean {
  return a.missing && b.missing
    ? (a.claimedEntity ?? '') < (b.claimedEntity ?? '')
    : !a.missing;
}

/** The entities that may be read, by the service that they name. */
function byService(decisions: Decision[]): Map<string, BoundEntity[]> {
  const found = new Map<string, BoundEntity[]>();
  for (const decision of decisions) {
    if (decision.visible && decision.allowed && decision.entity.target) {
      const key = nameKey(decision.entity.target);
      found.set(key, [...(found.get(key) ?? []), decision.entity]);
    }
  }
  return found;
}

function nameKey({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}/${name}`;
}

/**
 * One service, where the caller may see everything of it. Throws a NotFoundError with the same words for
 * "not there" and "not for you": the answer is no oracle.
 */
export async function requireVisible(
  service: ServiceRef,
  deps: { board: ServiceBoard; gate: Gate },
  credentials: BackstageCredentials,
): Promise<VisibleService> {
  const visible = await requireCounted(service, deps, credentials);
  if (visible.binding === 'Annotation') throw notFound(service);
  return visible;
}

/** Like {@link requireVisible}, for what is read of the service itself: what is missing has nothing to read. */
export async function requireThere(
  service: ServiceRef,
  deps: { board: ServiceBoard; gate: Gate },
  credentials: BackstageCredentials,
): Promise<VisibleService> {
  const visible = await requireVisible(service, deps, credentials);
  // Its place may be taken by a service that the caller may not see.
  if (visible.assessed.missing) throw notFound(service);
  return visible;
}

/** Whether there is a service that the caller may see everything of. */
export async function isVisible(
  service: ServiceRef,
  { board, gate }: { board: ServiceBoard; gate: Gate },
  credentials: BackstageCredentials,
): Promise<boolean> {
  const visible = await visibleServices(board.at(service), gate, credentials);
  return visible.some(
    ({ assessed, binding }) => !assessed.missing && binding !== 'Annotation',
  );
}

/** Like {@link requireVisible}, also where verdict and counts are all that the caller may see. */
export async function requireCounted(
  service: ServiceRef,
  { board, gate }: { board: ServiceBoard; gate: Gate },
  credentials: BackstageCredentials,
): Promise<VisibleService> {
  const known = board.at(service);
  const [visible] =
    known.length > 0 ? await visibleServices(known, gate, credentials) : [];
  if (!visible) throw notFound(service);
  return visible;
}

function notFound({ cluster, namespace, name }: ServiceRef): NotFoundError {
  return new NotFoundError(
    `There is no service ${namespace}/${name} in cluster ${cluster}`,
  );
}
