import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import {
  CLUSTER_ANNOTATION,
  SERVICE_ANNOTATION,
  servesModel,
} from 'backstage-plugin-llm-inference-common';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import {
  providedEntityName,
  providedLocation,
} from 'backstage-plugin-llm-inference-node';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import type { ProviderConfig } from '../ProviderConfig';
import { locatedAt } from './locatedAt';
import { modelResource } from './modelResource';
import { openApiDocument } from './openApiDocument';
import { ruledFields, tagOf } from './ruledFields';

/** The entities of a service: the Component, the API that it provides and the model that it depends on. */
export function serviceEntities(
  facts: ServiceFacts,
  config: ProviderConfig,
): Entity[] {
  const { service, model, endpoints } = facts;
  const name = providedEntityName(service);
  const { owner, system, lifecycle, title, description, tags } = ruledFields(
    facts,
    config,
  );
  const served = model?.name ?? model?.uri;
  const resource = modelResource(facts, config);
  const location = locatedAt(providedLocation(service));
  const common = { lifecycle, owner, ...(system ? { system } : {}) };
  const component: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title,
      description: [
        description,
        served ? servesModel(served) : 'Serves a language model.',
        `Runs in cluster ${service.cluster}, namespace ${service.namespace}.`,
      ]
        .filter(Boolean)
        .join(' '),
      annotations: {
        ...location,
        [SERVICE_ANNOTATION]: `${service.namespace}/${service.name}`,
        [CLUSTER_ANNOTATION]: service.cluster,
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/part-of=llminferenceservice,app.kubernetes.io/name=${service.name}`,
        'backstage.io/kubernetes-namespace': service.namespace,
      },
      tags: [
        ...new Set([
          'llm',
          'kserve',
          ...(facts.disaggregated ? ['prefill-decode'] : []),
          ...(served ? tagOf(served.split('/').at(-1) ?? '') : []),
          ...tags,
        ]),
      ],
      ...(endpoints.length
        ? {
            links: endpoints.map(({ url, name: endpoint }) => ({
              url,
              title: endpoint ?? 'Endpoint',
            })),
          }
        : {}),
    },
    spec: {
      type: 'model-server',
      ...common,
      providesApis: [name],
      ...(resource ? { dependsOn: [stringifyEntityRef(resource)] } : {}),
    },
  };
  const api: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name,
      title: `${title} (OpenAI-compatible)`,
      ...(served ? { description: `Endpoint of ${served}` } : {}),
      annotations: location,
      tags: ['llm'],
    },
    spec: {
      type: 'openapi',
      ...common,
      definition: openApiDocument(facts, title),
    },
  };
  return resource ? [component, api, resource] : [component, api];
}

/** References of the entities that a service alone has. */
export function refsOf(service: ServiceRef): string[] {
  const name = providedEntityName(service);
  return [`component:default/${name}`, `api:default/${name}`];
}
