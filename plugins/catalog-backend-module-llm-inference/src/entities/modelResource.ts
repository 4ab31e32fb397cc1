import type { Entity } from '@backstage/catalog-model';
import { GIB, referenceModel } from 'backstage-plugin-llm-inference-common';
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
  const facts = repository ? knownFacts(repository) : undefined;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityName,
      title,
      description: [`Language model ${title}`, facts?.words]
        .filter(Boolean)
        .join(': '),
      annotations: {
        ...locatedAt(`${PROVIDED_LOCATION_TYPE}:model/${identity}`),
        ...facts?.annotations,
      },
      tags: ['llm'],
      ...(repository
        ? {
            links: [
              {
                url: `https://huggingface.co/${repository}`,
                title: 'Model card',
              },
            ],
          }
        : {}),
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

/** What the shipped table knows of a model; nothing is guessed. */
function knownFacts(repository: string) {
  const known = referenceModel(`hf://${repository}`);
  if (!known) return undefined;
  const { parameters, weightBytes, weightType, experts, kvLayers } = known;
  const annotations: Record<string, string> = {};
  const words: string[] = [];
  if (parameters) {
    annotations['llm-inference.backstage.io/parameters'] = String(parameters);
    words.push(`${(parameters / 1e9).toPrecision(3)} B parameters`);
  }
  if (weightBytes) {
    const gib = (weightBytes / GIB).toFixed(1);
    annotations['llm-inference.backstage.io/weights-gib'] = gib;
    words.push(`${gib} GiB of weights${weightType ? ` (${weightType})` : ''}`);
  }
  if (experts) {
    annotations['llm-inference.backstage.io/experts'] = String(experts);
    words.push(`${experts} experts`);
  }
  annotations['llm-inference.backstage.io/layers'] = String(kvLayers);
  words.push(`${kvLayers} layers`);
  return { annotations, words: words.join(', ') };
}
