import { openAiDocument } from 'backstage-plugin-llm-inference-common';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import { stringify } from 'yaml';

/** OpenAPI document of a service that runs: its paths under the endpoints that it has. */
export function openApiDocument(facts: ServiceFacts, title: string): string {
  const { service, endpoints, model } = facts;
  const models = new Set([
    model?.name ?? service.name,
    ...endpoints.flatMap(endpoint => endpoint.models),
  ]);
  const document = openAiDocument({
    title,
    models: [...models],
    servers: endpoints.length
      ? endpoints.map(({ url, name }) => ({
          url,
          ...(name ? { description: name } : {}),
        }))
      : [
          {
            url: `/${service.namespace}/${service.name}`,
            description:
              'Path on the gateway; the service has no endpoint at present',
          },
        ],
  });
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
