import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';

/** A prefill/decode service of the model qwen with two prefill replicas and one decode replica. */
export function llmService(
  name: string,
  options: { namespace?: string; entityRef?: string } = {},
): KubernetesObject {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name,
      namespace: options.namespace ?? 'llm',
      uid: `uid-${name}`,
      generation: 1,
      creationTimestamp: '2026-11-22T10:00:00Z',
      ...(options.entityRef
        ? { annotations: { 'backstage.io/entity-ref': options.entityRef } }
        : {}),
    },
    spec: {
      replicas: 1,
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
      prefill: { replicas: 2 },
    },
    status: { observedGeneration: 1, conditions: [] },
  };
}

/** A pod of one pool of a service. */
export function pod(
  service: string,
  pool: 'decode' | 'prefill',
  index: number,
  options: { namespace?: string; ready?: boolean } = {},
): KubernetesObject {
  const namespace = options.namespace ?? 'llm';
  const ready = options.ready ?? true;
  const suffix = pool === 'prefill' ? '-prefill' : '';
  const name = `${service}-kserve${suffix}-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: '2026-11-22T10:00:00Z',
      labels: {
        'app.kubernetes.io/part-of': 'llminferenceservice',
        'app.kubernetes.io/name': service,
        'app.kubernetes.io/component': `llminferenceservice-workload${suffix}`,
        'llm-d.ai/role': pool,
        'kserve.io/component': 'workload',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${service}-kserve${suffix}-abc`,
          uid: `uid-${service}${suffix}`,
          controller: true,
        },
      ],
      managedFields: [{ manager: 'kubelet' }],
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'main',
          image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
          command: ['/bin/bash', '-c', 'a very long script'],
          resources: {
            limits: { 'nvidia.com/gpu': '1', 'rdma/roce_gdr': '1' },
          },
          env: [
            { name: 'HF_TOKEN', value: 'hf_secretsecretsecret' },
            { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
          ],
        },
      ],
    },
    status: {
      phase: ready ? 'Running' : 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'True',
          lastProbeTime: null,
          lastTransitionTime: '2026-11-22T10:00:05Z',
        },
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastProbeTime: null,
          lastTransitionTime: '2026-11-22T10:05:00Z',
        },
      ],
      containerStatuses: [
        {
          name: 'main',
          ready,
          restartCount: 0,
          image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
          imageID: 'sha256:0123',
          containerID: 'containerd://abc',
          state: { running: { startedAt: '2026-11-22T10:01:00Z' } },
        },
      ],
    },
  };
}

/** The answer of an API server to a list of pods, as it arrives. */
export async function* listOf(
  version: number,
  items: KubernetesObject[],
): AsyncGenerator<Buffer> {
  yield Buffer.from(
    JSON.stringify({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(version) },
      items,
    }),
  );
}
