import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { modelMetadata } from 'backstage-plugin-llm-inference-common';
import {
  catalogName,
  PROVIDED_LOCATION_TYPE,
} from 'backstage-plugin-llm-inference-node';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import type { ProviderConfig } from '../ProviderConfig';
import { locatedAt } from './locatedAt';

const HUB = /^hf:\/\/([^/@:\s]+\/[^/@:\s]+)/;

/** Type of the entities of models. */
export const MODEL_TYPE = 'ai-model';

/**
 * Reference of the entity that we would make of a model, by its address; undefined for an address that means another
 * model in every namespace.
 */
export function modelRef(uri: string): string | undefined {
  if (uri.startsWith('pvc://')) return undefined;
  return stringifyEntityRef({
    kind: 'Resource',
    namespace: 'default',
    name: nameOf(uri),
  });
}

/**
 * The model that a service serves, one entity for all services of the same model: it is made from the model's
 * address alone, so that it reads the same whichever service brings it. Undefined where the model is unknown,
 * as with services whose model comes from a base configuration.
 */
export function modelResource(
  { service, model }: ServiceFacts,
  { defaults }: ProviderConfig,
): Entity | undefined {
  if (!model?.uri) return undefined;
  const repository = HUB.exec(model.uri)?.[1];
  const address = addressOf(model.uri, service);
  const identity = repository?.toLowerCase() ?? address;
  const title = repository ?? model.uri;
  const facts = modelMetadata(model.uri);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: nameOf(address),
      title,
      description: [`Language model ${title}`, facts.words]
        .filter(Boolean)
        .join(': '),
      annotations: {
        ...locatedAt(`${PROVIDED_LOCATION_TYPE}:model/${identity}`),
        ...facts.annotations,
      },
      tags: ['llm'],
      ...(facts.links.length > 0 ? { links: facts.links } : {}),
    },
    spec: {
      type: MODEL_TYPE,
      owner: defaults.owner,
      ...(defaults.system ? { system: defaults.system } : {}),
    },
  };
}

/** Name of a model's entity: readable for a repository of the hub, which is the same model in any letter case. */
function nameOf(address: string): string {
  const repository = HUB.exec(address)?.[1].toLowerCase();
  if (!repository) return catalogName(address, true);
  const [owner, name, ...more] = repository.split('/');
  return catalogName(
    `${owner}.${name}`,
    owner.includes('.') || more.length > 0,
  );
}

/** A claim on storage means another volume in every namespace; any other address is the same everywhere. */
function addressOf(
  uri: string,
  { cluster, namespace }: ServiceFacts['service'],
): string {
  return uri.startsWith('pvc://') ? `${uri} ${cluster}/${namespace}` : uri;
}
