import type {
  Observation,
  ServiceDrift,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';

/** The judge: a pure function of what was observed. */
export type Assess = (observation: Observation) => ServingHealth;

/** A service with its last assessment. */
export interface AssessedService {
  service: ServiceRef;
  health: ServingHealth;
  /** Equal for equal health, also in another replica of the backend. */
  version: string;
  model?: { uri?: string; name?: string };
  apiVersion?: string;
  /** The entity that the service says it belongs to, as a full reference in lower case. */
  claimedEntity?: string;
  /** How it stands to Git, as seen from the entity that was compared. */
  drift?: ServiceDrift & { entityRef: string };
  /** Git says that the claimed entity has the service there, and nothing there names the entity. */
  missing?: true;
}

/** One string for a service reference. */
export function serviceKeyOf({ cluster, namespace, name }: ServiceRef): string {
  return `${cluster}/${namespace}/${name}`;
}

/** One string for a service that is there, and another for what each entity misses at its place. */
export function recordKeyOf({
  service,
  claimedEntity,
  missing,
}: Pick<AssessedService, 'service' | 'claimedEntity' | 'missing'>): string {
  const key = serviceKeyOf(service);
  return missing ? `${key} ${claimedEntity}` : key;
}

/** The reference behind a key. Only the name of a cluster may hold a slash, as an ARN does. */
export function keyToService(key: string): ServiceRef {
  const parts = key.split('/');
  const [namespace, name] = parts.slice(-2);
  return { cluster: parts.slice(0, -2).join('/'), namespace, name };
}
