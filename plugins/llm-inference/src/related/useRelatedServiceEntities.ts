import { useEffect, useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { toError } from '@backstage/errors';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';

/** As many as one live stream carries. */
const LIMIT = 100;

/** The relations by which the entities that name a service hang on a model or a system. */
const RELATIONS = ['dependencyOf', 'hasPart'];

/** The related entities that name a service, as full references; `undefined` until the catalog answers. */
export function useRelatedServiceEntities(entity: Entity): {
  entityRefs?: string[];
  error?: Error;
} {
  const catalog = useApi(catalogApiRef);
  const [result, setResult] = useState<{
    entityRefs?: string[];
    error?: Error;
  }>({});
  const key = relatedRefs(entity).join('\n');

  useEffect(() => {
    let wanted = true;
    const read = async () => {
      if (key === '') {
        return [];
      }
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs: key.split('\n'),
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      });
      return items
        .filter(
          (item): item is Entity =>
            item?.metadata.annotations?.[SERVICE_ANNOTATION] !== undefined,
        )
        .map(item => stringifyEntityRef(item))
        .slice(0, LIMIT);
    };
    read().then(
      entityRefs => wanted && setResult({ entityRefs }),
      error => wanted && setResult({ error: toError(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [catalog, key]);

  return result;
}

function relatedRefs(entity: Entity): string[] {
  const refs = (entity.relations ?? [])
    .filter(({ type }) => RELATIONS.includes(type))
    .map(({ targetRef }) => targetRef);
  return [...new Set(refs)].sort();
}
