import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  CLUSTER_ANNOTATION,
  SERVICE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import { providedLocation } from 'backstage-plugin-llm-inference-node';

/** What is kept of a catalog entity: which service it names, and who owns it. */
export interface BoundEntity {
  entityRef: string;
  /** The service that the entity names; absent where it names none or the value is malformed. */
  target?: { namespace: string; name: string; cluster?: string };
  owner?: string;
  /** Address of the folder in Git that the entity comes from; absent where it comes from elsewhere. */
  source?: string;
  /** Whether our catalog provider made the entity from the very service that it names. */
  provided?: true;
}

const SERVICE = /^([a-z0-9][-a-z0-9.]*)\/([a-z0-9][-a-z0-9.]*)$/;

/** Fields of an entity that {@link boundEntityOf} reads. */
export const BOUND_ENTITY_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/** Reads the binding of an entity. */
export function boundEntityOf(entity: Entity): BoundEntity {
  const annotations = entity.metadata.annotations ?? {};
  const match = SERVICE.exec(annotations[SERVICE_ANNOTATION]?.trim() ?? '');
  const cluster = annotations[CLUSTER_ANNOTATION]?.trim();
  const owner = entity.relations?.find(({ type }) => type === 'ownedBy');
  return {
    entityRef: stringifyEntityRef(entity),
    ...(match
      ? {
          target: {
            namespace: match[1],
            name: match[2],
            ...(cluster ? { cluster } : {}),
          },
        }
      : {}),
    ...(owner ? { owner: owner.targetRef } : {}),
    ...sourceOf(annotations),
    ...(match &&
    cluster &&
    annotations[ANNOTATION_ORIGIN_LOCATION] ===
      providedLocation({ cluster, namespace: match[1], name: match[2] })
      ? { provided: true }
      : {}),
  };
}

const URL_LOCATION = /^url:(https?:\/\/\S+)$/;

function sourceOf(annotations: Record<string, string>): { source?: string } {
  const location = annotations[ANNOTATION_SOURCE_LOCATION]?.trim() ?? '';
  const source = URL_LOCATION.exec(location)?.[1];
  return source ? { source } : {};
}
