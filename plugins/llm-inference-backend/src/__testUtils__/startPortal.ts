import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { llmInferencePlugin } from '../plugin';
import { nonconformities } from './conformance';
import type { FakeKubernetes } from './FakeKubernetes';

export const BASE = '/api/llm-inference';
export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';

type Feature = Parameters<typeof startTestBackend>[0]['features'] extends
  | Array<infer T>
  | undefined
  ? T
  : never;

/** What a portal is started with. */
export interface PortalOptions {
  /** Clusters by name. */
  clusters: Record<string, FakeKubernetes>;
  entities?: Entity[];
  llmInference?: JsonObject;
  /** Whether a permission is given; all are where absent. */
  policy?: (query: { name: string; resourceRef?: string }) => boolean;
  features?: Feature[];
}

/**
 * A whole backend over fake clusters. Every answer that a test reads through it is checked against the
 * OpenAPI document first.
 */
export async function startPortal(options: PortalOptions) {
  const asked = { requests: 0, decisions: 0 };
  const backend = await startTestBackend({
    features: [
      llmInferencePlugin,
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: Object.entries(options.clusters).map(
                  ([name, { url }]) => ({
                    name,
                    url,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'let-me-in',
                  }),
                ),
              },
            ],
          },
          llmInference: {
            watch: { startupSeconds: 0.1 },
            ...options.llmInference,
          },
        },
      }),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.permissions.mock({
        authorize: async queries => {
          asked.requests += 1;
          asked.decisions += queries.length;
          return queries.map(({ permission, resourceRef }) => ({
            result:
              options.policy?.({ name: permission.name, resourceRef }) ?? true
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          }));
        },
      }).factory,
      ...(options.features ?? []),
    ],
  });
  const api = request(backend.server);

  async function send(
    method: 'get' | 'post',
    path: string,
    {
      user = ADA,
      headers = {},
      body,
    }: {
      user?: string | null;
      headers?: Record<string, string>;
      body?: object;
    } = {},
  ) {
    const answer = await api[method](`${BASE}${path}`)
      .set({
        authorization:
          user === null
            ? mockCredentials.none.header()
            : mockCredentials.user.header(user),
        ...headers,
      })
      .send(body);
    const wrong = nonconformities(method, path, answer.status, answer.body);
    if (wrong.length > 0) {
      throw new Error(
        `${method} ${path} is not as documented: ${wrong.join('; ')}`,
      );
    }
    return answer;
  }

  return {
    backend,
    asked,
    get: (path: string, how?: Parameters<typeof send>[2]) =>
      send('get', path, how),
    post: (path: string, body: object, how?: Parameters<typeof send>[2]) =>
      send('post', path, { ...how, body }),
    stop: () => backend.stop(),
  };
}

/** A started portal. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;
