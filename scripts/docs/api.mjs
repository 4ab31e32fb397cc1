import { load, page, table } from './source.mjs';

const typeOf = schema =>
  schema.enum?.map(value => `\`${value}\``).join(', ') ??
  (schema.type === 'array' ? `list of ${typeOf(schema.items)}` : schema.type);

const refOf = schema => schema?.$ref?.split('/').pop();

function operation(
  path,
  method,
  { summary, parameters = [], responses, requestBody },
) {
  const answers = Object.entries(responses).map(
    ([status, { description, content = {} }]) => [
      status,
      description,
      Object.entries(content)
        .map(([type, { schema }]) => refOf(schema) ?? type)
        .join(', '),
    ],
  );
  const body = refOf(requestBody?.content?.['application/json']?.schema);
  return [
    `## ${method.toUpperCase()} ${path}`,
    `${summary}.`,
    body && `The body is \`${body}\`.`,
    parameters.length &&
      table(
        ['parameter', 'in', 'type', 'meaning'],
        parameters.map(p => [
          `\`${p.name}\`${p.required ? '' : ' (optional)'}`,
          p.in,
          typeOf(p.schema),
          p.description,
        ]),
      ),
    table(['status', 'meaning', 'content'], answers),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Operations: path, method, and what is said of them. */
function operations() {
  const { openApiDocument } = load(
    'plugins/llm-inference-backend/src/openapi/document.ts',
  );
  return Object.entries(openApiDocument.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      path,
      method,
      described,
    })),
  );
}

/** Routes: method and path, what it answers. */
export function routeRows() {
  return operations().map(({ path, method, described }) => [
    `\`${method.toUpperCase()} ${path}\``,
    described.summary,
  ]);
}

/** The page of the HTTP API, from its OpenAPI document. */
export function apiPage() {
  return page(
    'HTTP API',
    `Everything under \`/api/llm-inference\`. The backend serves the same as an OpenAPI document, with all schemas, under
\`/api/llm-inference/openapi.json\`; the tests hold every answer against it. \`LlmInferenceClient\` of
\`backstage-plugin-llm-inference-common\` is the typed client. Requests need a Backstage token, and reads carry an entity tag:
send it back in \`If-None-Match\` to get 304 where nothing has changed.`,
    operations()
      .map(({ path, method, described }) => operation(path, method, described))
      .join('\n\n'),
  );
}
