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
  const identity = repository?.toLowerCase() ?? addressOf(model.uri, service);
  const [owner, name, ...more] = identity.split('/');
  const entityName = repository
    ? catalogName(`${owner}.${name}`, owner.includes('.') || more.length > 0)
    : catalogName(identity, true);
  const title = repository ?? model.uri;
  const facts = modelMetadata(model.uri);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityName,
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
      type: 'ai-model',
      owner: defaults.owner,
      ...(defaults.system ? { system: defaults.system } : {}),
    },
  };
}

/** A claim on storage means another volume in every namespace; any other address is the same everywhere. */
function addressOf(
  uri: string,
  { cluster, namespace }: ServiceFacts['service'],
): string {
  return uri.startsWith('pvc://') ? `${uri} ${cluster}/${namespace}` : uri;
}
