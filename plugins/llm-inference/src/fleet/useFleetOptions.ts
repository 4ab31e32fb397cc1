import { useEffect, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type { ServiceList } from 'backstage-plugin-llm-inference-common';

/** What the fleet can be narrowed down to. */
export type FleetOptions = Record<
  'cluster' | 'owner' | 'model',
  Array<{ value: string; label: string }>
>;

/**
 * The clusters that the backend names, the owners of all entities that name a service, and the models
 * seen so far.
 */
export function useFleetOptions(list: ServiceList | undefined): FleetOptions {
  const owners = useOwners();
  const [models, setModels] = useState<string[]>([]);
  const seen = (list?.items ?? []).flatMap(({ model }) =>
    model?.name ?? model?.uri ? [model.name ?? model.uri ?? ''] : [],
  );
  const unseen = [...new Set(seen)].filter(model => !models.includes(model));
  if (unseen.length > 0) {
    setModels([...models, ...unseen].sort());
  }
  return {
    cluster: (list?.clusters ?? []).map(({ name, title }) => ({
      value: name,
      label: title ?? name,
    })),
    owner: owners.map(owner => ({
      value: owner,
      label: parseEntityRef(owner).name,
    })),
    model: models.map(model => ({ value: model, label: model })),
  };
}

function useOwners(): string[] {
  const catalog = useApi(catalogApiRef);
  const [owners, setOwners] = useState<string[]>([]);
  useEffect(() => {
    let wanted = true;
    catalog
      .getEntityFacets({
        filter: {
          [`metadata.annotations.${SERVICE_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
        },
        facets: ['relations.ownedBy'],
      })
      .then(
        ({ facets }) => {
          if (wanted) {
            setOwners(facets['relations.ownedBy'].map(({ value }) => value));
          }
        },
        () => {
          // Without the catalog's owners the filter stays empty; the list itself is not affected.
        },
      );
    return () => {
      wanted = false;
    };
  }, [catalog]);
  return owners;
}
