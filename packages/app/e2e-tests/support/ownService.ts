import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import { portalApi } from './portalApi';
import { setTraffic } from './sandbox';
import type { SandboxService } from './sandbox';

/** A service that one test alone plays with. */
export interface OwnService extends SandboxService {
  /** Page of the entity that the catalog made for it. */
  entityPage: string;
  remove(): Promise<void>;
}

const NAMESPACE = 'llm-demo';
const PATTERN = 'qwen2-7b-chat';

/**
 * Applies a copy of a seeded service to gpu-east, as kubectl would, and waits until the portal has an entity for
 * it and takes it to be healthy.
 *
 * @param traffic - what its users do from the beginning; ordinary where absent
 */
export async function createOwnService(
  request: APIRequestContext,
  traffic?: object,
): Promise<OwnService> {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  const services = `http://127.0.0.1:${
    process.env.SANDBOX_GPU_EAST_PORT ?? '7102'
  }/apis/serving.kserve.io/v1alpha2/namespaces/${NAMESPACE}/llminferenceservices`;
  const headers = { Authorization: 'Bearer sandbox-token' };

  const pattern = await request.get(`${services}/${PATTERN}`, { headers });
  expect(pattern.ok(), await pattern.text()).toBe(true);
  const { apiVersion, kind, metadata, spec } = await pattern.json();
  const { 'backstage.io/entity-ref': _itsEntity, ...annotations } =
    metadata.annotations;
  const created = await request.post(services, {
    headers,
    data: {
      apiVersion,
      kind,
      metadata: { name, namespace: NAMESPACE, annotations },
      spec: { ...spec, prefill: { ...spec.prefill, replicas: 1 } },
    },
  });
  expect(created.ok(), await created.text()).toBe(true);

  const remove = async () => {
    const removed = await request.delete(`${services}/${name}`, { headers });
    expect(removed.ok(), await removed.text()).toBe(true);
  };
  const cluster = 'gpu-east';
  const entity = `${name}.${NAMESPACE}.${cluster}`;
  const service = { cluster, namespace: NAMESPACE, name };
  try {
    await becomesHealthy(request, service, entity, traffic);
  } catch (error) {
    // Nobody else would: the caller has nothing yet to remove.
    await remove();
    throw error;
  }
  return {
    ...service,
    entityPage: `/catalog/default/component/${entity}`,
    remove,
  };
}

async function becomesHealthy(
  request: APIRequestContext,
  service: SandboxService,
  entity: string,
  traffic: object | undefined,
) {
  const { cluster, namespace, name } = service;
  if (traffic) {
    await setTraffic(request, service, traffic);
  }
  const api = await portalApi(request);
  await expect
    .poll(
      async () =>
        (
          await api.get(`catalog/entities/by-name/component/default/${entity}`)
        ).status(),
      { timeout: 120_000, message: `entity ${entity}` },
    )
    .toBe(200);
  await expect
    .poll(
      async () => {
        const answer = await api.get(
          `llm-inference/v1/services/${cluster}/${namespace}/${name}`,
        );
        return answer.ok()
          ? (await answer.json()).health.verdict
          : answer.status();
      },
      { timeout: 180_000, message: `verdict of ${name}` },
    )
    .toBe('Healthy');
}
