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

function inPath(...names: string[]): Parameter[] {
  return names.map(name => ({
    name,
    in: 'path',
    required: true,
    schema: text,
  }));
}

function inQuery(schemas: Record<string, JsonObject>): Parameter[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
}

function errors(...statuses: number[]): JsonObject {
  return Object.fromEntries(
    statuses.map(status => [
      String(status),
      {
        description: 'The request was refused',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    ]),
  );
}

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
        '304': { description: 'Nothing has changed since If-None-Match' },
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
      text,
      verdict: {
        type: 'array',
        items: { type: 'string', enum: [...VERDICTS] },
      },
      cluster: texts,
      owner: texts,
      model: texts,
      sort: { type: 'string', enum: ['verdict', 'name', 'cluster', 'model'] },
      order: { type: 'string', enum: ['asc', 'desc'] },
      limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      offset: { type: 'integer', minimum: 0, default: 0 },
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
        ...inQuery({ from: instant }),
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
        ...inQuery({ from: instant, until: instant }),
      ],
      errors: [400, 404, 503],
    },
  ),
  '/v1/transitions': read(
    'The latest changes of verdict of the services that the caller may see',
    'TransitionList',
    {
      parameters: inQuery({
        from: instant,
        limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
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
        ...inQuery({
          container: text,
          tailLines: {
            type: 'integer',
            minimum: 1,
            maximum: 5000,
            default: 500,
          },
          follow: { type: 'boolean', default: false },
          previous: { type: 'boolean', default: false },
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
      parameters: inQuery({ uri: { type: 'string', maxLength: 500 } }).map(
        parameter => ({ ...parameter, required: true }),
      ),
      errors: [400, 403, 404, 503],
    },
  ),
  '/v1/catalog/services': {
    get: {
      summary:
        'All services with what the catalog needs to know of them, in the order of their keys; for other backend plugins, not for users',
      parameters: inQuery({ after: text }) as unknown as JsonObject[],
      responses: {
        '200': {
          description: 'One page; `next` is the `after` of the next one',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ServicesPage' },
            },
          },
        },
        ...errors(400, 401, 403),
      },
    },
  },
  '/v1/profiles': read('The profiles that are on offer', 'ProfileList'),
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: { '200': { description: 'The document' }, ...errors(401) },
    },
  },
  '/v1/stream': {
    get: {
      summary:
        'Server-sent events: `entity` (EntityStatus), `clusters` (ClusterStatus[]), `changed`',
      parameters: [
        ...inQuery({
          entityRef: { type: 'array', items: text, maxItems: 100 },
          fleet: { type: 'boolean', default: false },
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
