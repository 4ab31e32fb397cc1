import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';

/** OpenAPI document of the paths that KServe routes to a service, with its model as the only choice. */
export function openAiDefinition(spec: PdServiceSpec): string {
  const models = [
    spec.model.name,
    ...(spec.model.lora?.adapters ?? []).map(({ name }) => name),
  ];
  const post = (operationId: string, summary: string, required: string[]) => ({
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
        '503': { description: 'No decode pod can answer' },
      },
    },
  });
  return commentedYaml({
    openapi: '3.0.3',
    info: {
      title: spec.title ?? spec.name,
      version: 'v1',
      description: `OpenAI-compatible endpoint of ${spec.model.name}.`,
    },
    servers: [
      {
        url: `/${spec.namespace}/${spec.name}`,
        description: 'Path on the gateway; the host is shown in the portal',
      },
    ],
    paths: {
      '/v1/chat/completions': post('createChatCompletion', 'Chat', [
        'messages',
      ]),
      '/v1/completions': post('createCompletion', 'Complete a text', [
        'prompt',
      ]),
    },
  });
}
