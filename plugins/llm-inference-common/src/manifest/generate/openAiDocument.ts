/** What an OpenAI-compatible endpoint is described with. @public */
export interface OpenAiEndpoint {
  title: string;
  /** Names that a request may ask for, the model's own first. */
  models: string[];
  servers: Array<{ url: string; description?: string }>;
}

/**
 * OpenAPI document of the paths that KServe routes to a service, with its models as the only choice.
 *
 * @public
 */
export function openAiDocument({ title, models, servers }: OpenAiEndpoint) {
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
              properties: { model: { type: 'string', enum: [...models] } },
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
  return {
    openapi: '3.0.3',
    info: {
      title,
      version: 'v1',
      description: `OpenAI-compatible endpoint of ${models.join(', ')}.`,
    },
    servers,
    paths: {
      '/v1/chat/completions': post('createChatCompletion', 'Chat', [
        'messages',
      ]),
      '/v1/completions': post('createCompletion', 'Complete a text', [
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
  };
}
