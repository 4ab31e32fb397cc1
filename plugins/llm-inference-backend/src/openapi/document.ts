import type { JsonObject } from '@backstage/types';
import { z } from 'zod/v4';
import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import { wireRegistry } from './wireRegistry';
import { wireSchemas } from './wireSchemas';

type Answer = keyof typeof wireSchemas;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description?: string;
  required?: boolean;
  schema: JsonObject;
}

const text = { type: 'string' };
const instant = { type: 'string', format: 'date-time' };
const texts = { type: 'array', items: text };

/** What the parts of a path name. */
const PLACES: Record<string, string> = {
  cluster: "Name of the cluster in the portal's configuration",
  kind: 'Kind of the entity',
  namespace: 'Namespace of the entity, or of the service in its cluster',
  name: 'Name of the entity, or of the service',
  pod: 'Name of a pod of the service',
};

function inPath(...names: string[]): Parameter[] {
  return names.map(name => ({
    name,
    in: 'path',
    description: PLACES[name],
    required: true,
    schema: text,
  }));
}

/** Parameters by name, each with its meaning and its schema. */
function inQuery(
  parameters: Record<string, [meaning: string, schema: JsonObject]>,
): Parameter[] {
  return Object.entries(parameters).map(([name, [description, schema]]) => ({
    name,
    in: 'query',
    description,
    schema,
  }));
}

const required = (parameter: Parameter): Parameter => ({
  ...parameter,
  required: true,
});

const REFUSALS: Record<number, string> = {
  400: 'A parameter or the body is wrong; the message names it',
  401: 'No valid Backstage token',
  403: 'The permission is missing, or this is switched off',
  404: 'Not there, or not to be seen by the caller',
  409: 'Too soon: another one runs, or ran a moment ago',
  413: 'The body is too large',
  503: 'What this needs cannot be reached at the moment',
};

function errors(...statuses: number[]): JsonObject {
  return Object.fromEntries(
    statuses.map(status => [
      String(status),
      {
        description: REFUSALS[status],
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    ]),
  );
}

const UNCHANGED = {
  '304': { description: 'Nothing has changed since If-None-Match' },
};

/** A read that answers with JSON, or with 304 where the caller's entity tag is still right. */
function read(
  summary: string,
  answer: Answer,
  options: { parameters?: Parameter[]; errors?: number[] } = {},
): JsonObject {
  return {
    get: {
      summary,
      parameters: (options.parameters ?? []) as unknown as JsonObject[],
      responses: {
        '200': {
          description: 'The answer, with an entity tag',
          content: {
            'application/json': {
              schema: {
                $ref: `#/components/schemas/${
                  wireRegistry.get(wireSchemas[answer])?.id
                }`,
              },
            },
          },
        },
        ...UNCHANGED,
        ...errors(401, ...(options.errors ?? [])),
      },
    },
  };
}

const paths: JsonObject = {
  '/v1/entities/{kind}/{namespace}/{name}/status': read(
    'The status of the services behind an entity, worst first',
    'EntityStatus',
    { parameters: inPath('kind', 'namespace', 'name'), errors: [403, 404] },
  ),
  '/v1/services': read('The services that the caller may see', 'ServiceList', {
    parameters: inQuery({
      text: [
        'Text that stands in a name, namespace, cluster, model, entity or owner',
        text,
      ],
      verdict: [
        'Any of these verdicts',
        { type: 'array', items: { type: 'string', enum: [...VERDICTS] } },
      ],
      cluster: ['Any of these clusters', texts],
      owner: ['Any of these owners, as full entity references', texts],
      model: ['Any of these models', texts],
      sort: [
        'What comes first; the worst verdict where absent',
        { type: 'string', enum: ['verdict', 'name', 'cluster', 'model'] },
      ],
      order: ['Direction', { type: 'string', enum: ['asc', 'desc'] }],
      limit: [
        'Services of one page, 200 at most',
        { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      ],
      offset: [
        'Services before the page',
        { type: 'integer', minimum: 0, default: 0 },
      ],
    }),
    errors: [400],
  }),
  '/v1/services/{cluster}/{namespace}/{name}': read(
    'One service by its place in a cluster',
    'ServiceStatus',
    { parameters: inPath('cluster', 'namespace', 'name'), errors: [404] },
  ),
  '/v1/services/{cluster}/{namespace}/{name}/manifest': read(
    'The manifest of one service as its cluster has it, secrets replaced, with what the lints say about it; read once per version of the service',
    'ServiceManifest',
    {
      parameters: inPath('cluster', 'namespace', 'name'),
      errors: [403, 404, 503],
    },
  ),
  '/v1/services/{cluster}/{namespace}/{name}/metrics': read(
    'What was measured of one service: series over time, with gaps where nothing is known',
    'ServiceMetrics',
    {
      parameters: [
        ...inPath('cluster', 'namespace', 'name'),
        ...inQuery({
          from: ['Where the series begin; as far as they are kept', instant],
        }),
      ],
      errors: [400, 404],
    },
  ),
  '/v1/services/{cluster}/{namespace}/{name}/timeline': read(
    'Verdicts of one service over a window of time, and its availability',
    'Timeline',
    {
      parameters: [
        ...inPath('cluster', 'namespace', 'name'),
        ...inQuery({
          from: ['A day before `until` where absent', instant],
          until: ['Now where absent', instant],
        }),
      ],
      errors: [400, 404, 503],
    },
  ),
  '/v1/transitions': read(
    'The latest changes of verdict of the services that the caller may see',
    'TransitionList',
    {
      parameters: inQuery({
        from: ['A week ago where absent', instant],
        limit: [
          'Changes at most',
          { type: 'integer', minimum: 1, maximum: 200, default: 50 },
        ],
      }),
      errors: [400, 503],
    },
  ),
  '/v1/clusters': read('How well each cluster can be watched', 'ClusterList'),
  '/v1/clusters/{cluster}/capabilities': read(
    'What a cluster offers: GPUs, RDMA, networks, gateways; at most a minute old',
    'ClusterCapabilities',
    { parameters: inPath('cluster'), errors: [403, 404, 503] },
  ),
  '/v1/services/{cluster}/{namespace}/{name}/verify-pd': {
    post: {
      summary:
        'Send one long prompt through the service and tell whether KV cache moved; off unless enabled',
      parameters: inPath(
        'cluster',
        'namespace',
        'name',
      ) as unknown as JsonObject[],
      responses: {
        '200': {
          description: 'What the pods counted meanwhile',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/VerifyPdResult' },
            },
          },
        },
        ...errors(400, 401, 403, 404, 409, 503),
      },
    },
  },
  '/v1/manifests/validate': {
    post: {
      summary: 'Judge manifests, optionally by a dry run in a cluster',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ValidateRequest' },
          },
        },
      },
      responses: {
        '200': {
          description: 'What is wrong with them',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ValidateResponse' },
            },
          },
        },
        ...errors(400, 401, 403, 404, 413, 503),
      },
    },
  },
  '/v1/services/{cluster}/{namespace}/{name}/pods/{pod}/log': {
    get: {
      summary: 'The log of a container, secrets replaced; off unless enabled',
      parameters: [
        ...inPath('cluster', 'namespace', 'name', 'pod'),
        ...inQuery({ container: ['Name of the container', text] }).map(
          required,
        ),
        ...inQuery({
          tailLines: [
            'Lines from the end',
            { type: 'integer', minimum: 1, maximum: 5000, default: 500 },
          ],
          follow: [
            'Whether the log goes on as it is written',
            { type: 'boolean', default: false },
          ],
          previous: [
            "The log of the container's run before this one",
            { type: 'boolean', default: false },
          ],
        }),
      ] as unknown as JsonObject[],
      responses: {
        '200': {
          description: 'The log',
          content: { 'text/plain': { schema: text } },
        },
        ...errors(400, 401, 403, 404, 503),
      },
    },
  },
  '/v1/models/architecture': read(
    'The numbers of a model that decide its memory, from its configuration at the hub; what is not known is absent; at most an hour old',
    'ModelNumbers',
    {
      parameters: inQuery({
        uri: [
          'URI of the model, such as hf://Qwen/Qwen2.5-7B-Instruct',
          { type: 'string', maxLength: 500 },
        ],
      }).map(required),
      errors: [400, 403, 404, 503],
    },
  ),
  '/v1/catalog/services': read(
    'All services with what the catalog needs to know of them, in the order of their keys, page by page: `next` is the `after` of the next page; for other backend plugins, not for users',
    'ServicesPage',
    {
      parameters: inQuery({
        after: [
          '`next` of the page before',
          { type: 'string', maxLength: 1024 },
        ],
      }),
      errors: [400, 403],
    },
  ),
  '/v1/profiles': read('The profiles that are on offer', 'ProfileList'),
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: {
        '200': { description: 'The document, with an entity tag' },
        ...UNCHANGED,
        ...errors(401),
      },
    },
  },
  '/v1/stream': {
    get: {
      summary:
        'Server-sent events: `entity` (EntityStatus), `clusters` (ClusterStatus[]), `changed`',
      parameters: [
        ...inQuery({
          entityRef: [
            'Entities whose status is wanted, as full references',
            { type: 'array', items: text, maxItems: 100 },
          ],
          fleet: [
            'Whether to hear that the list of services has changed',
            { type: 'boolean', default: false },
          ],
        }),
        {
          name: 'last-event-id',
          in: 'header',
          description:
            'Id of the last event seen; what is known is not sent again',
          schema: text,
        },
      ] as unknown as JsonObject[],
      responses: {
        '200': {
          description: 'The stream',
          content: { 'text/event-stream': { schema: text } },
        },
        ...errors(400, 401, 403, 404, 503),
      },
    },
  },
};

/** The OpenAPI document of the HTTP API. The schemas are those that the types are checked against. */
export const openApiDocument: JsonObject = {
  openapi: '3.1.0',
  info: {
    title: 'llm-inference',
    version: '1',
    description:
      'Health of LLMInferenceServices over all clusters, from memory: looking at it asks no cluster. Manifests, logs, capabilities and dry runs are read from the cluster where somebody asks for them.',
    license: { name: 'Apache-2.0' },
  },
  servers: [{ url: '/api/llm-inference' }],
  paths,
  components: { schemas: componentSchemas() },
};

function componentSchemas(): JsonObject {
  const { schemas } = z.toJSONSchema(wireRegistry, {
    uri: id => `#/components/schemas/${id}`,
    unrepresentable: 'any',
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, $id: _id, ...rest } = schema;
      return [name, rest as JsonObject];
    }),
  );
}
