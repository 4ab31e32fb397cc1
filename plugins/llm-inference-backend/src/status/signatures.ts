import { createHash } from 'node:crypto';
import type {
  ClusterStatus,
  EntityStatus,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';

/** What an entity's status shows, without the times of the look; equal in every replica. */
export function entitySignature(status: EntityStatus): string {
  return digest([
    status.reason,
    status.services.map(({ service, version, binding }) => [
      serviceKeyOf(service),
      version,
      binding,
    ]),
    clusterStates(status.clusters),
  ]);
}

/** What the states of clusters show. */
export function clustersSignature(clusters: ClusterStatus[]): string {
  return digest(clusterStates(clusters));
}

function clusterStates(clusters: ClusterStatus[]): unknown {
  return clusters.map(({ name, state, resources }) => [
    name,
    state,
    Object.entries(resources).map(([resource, source]) => [
      resource,
      source.state,
    ]),
  ]);
}

function digest(value: unknown): string {
  return createHash('sha1')
    .update(JSON.stringify(value))
    .digest('base64url')
    .slice(0, 10);
}
