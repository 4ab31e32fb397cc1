import { stringify } from 'yaml';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';

/** OpenAPI document of a service: the paths that KServe routes to it, under the endpoints that it has. */
export function openApiDocument(facts: ServiceFacts, title: string): string {
  const { service, endpoints, model } = facts;
  const models = [
    ...new Set([
      model?.name ?? service.name,
      ...endpoints.flatMap(endpoint => endpoint.models),
    ]),
  ];
  return stringify(
    {
      openapi: '3.0.3',
      info: {
        title,
        version: 'v1',
        description: `OpenAI-compatible endpoint of ${models.join(', ')}.`,
      },
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
      paths: {
        '/v1/chat/completions': post('createChatCompletion', 'Chat', models, [
          'messages',
        ]),
        '/v1/completions': post('createCompletion', 'Complete a text', models, [
          'prompt',
        ]),
        '/v1/models': {
          get: {
            operationId: 'listModels',
            summary: 'The models that can be asked for',
            responses: { '200': { description: 'The list' } },
          },
        },
      },
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );
}

function post(
  operationId: string,
  summary: string,
  models: string[],
  required: string[],
) {
  return {
    post: {
      operationId,
      summary,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['model', ...required],
              properties: { model: { type: 'string', enum: models } },
              additionalProperties: true,
            },
          },
        },
      },
      responses: {
        '200': { description: 'The answer, or a stream of it' },
        '400': { description: 'The request is not valid' },
        '429': { description: 'The service is saturated' },
        '503': { description: 'No pod can answer' },
      },
    },
  };
}
