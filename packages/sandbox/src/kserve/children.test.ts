import { Deployment, EnvVar, LeaderWorkerSet, Pod, RESOURCES } from './kinds';
import { playedCluster, SETTLED } from './testing/playedCluster';

describe('what a prefill/decode service is made of', () => {
  const cluster = playedCluster();
  cluster.deploy();
  cluster.pass(SETTLED);
  const main = (pod: Pod) => pod.spec.containers[0];
  const [decode] = cluster.pods('decode');
  const [prefill] = cluster.pods('prefill');
  const [scheduler] = cluster.pods('scheduler');

  it('labels pods by part, component and role', () => {
    const common = {
      'app.kubernetes.io/part-of': 'llminferenceservice',
      'app.kubernetes.io/name': 'qwen',
    };
    expect(decode.metadata.labels).toMatchObject({
      ...common,
      'app.kubernetes.io/component': 'llminferenceservice-workload',
      'kserve.io/component': 'workload',
      'llm-d.ai/role': 'decode',
    });
    expect(prefill.metadata.labels).toMatchObject({
      ...common,
      'app.kubernetes.io/component': 'llminferenceservice-workload-prefill',
      'kserve.io/component': 'workload',
      'llm-d.ai/role': 'prefill',
    });
    expect(scheduler.metadata.labels).toMatchObject({
      ...common,
      'app.kubernetes.io/component': 'llminferenceservice-router-scheduler',
    });
    expect(scheduler.metadata.labels).not.toHaveProperty('llm-d.ai/role');
  });

  it('gives decode a native sidecar on 8000 before the engine on 8001, prefill the engine on 8000', () => {
    expect(
      decode.spec.initContainers?.map(({ name, restartPolicy }) => ({
        name,
        restartPolicy,
      })),
    ).toEqual([
      { name: 'storage-initializer', restartPolicy: undefined },
      { name: 'llm-d-routing-sidecar', restartPolicy: 'Always' },
    ]);
    expect(main(decode).ports).toEqual([
      { containerPort: 8001, protocol: 'TCP' },
    ]);
    expect(main(decode).startupProbe?.httpGet?.port).toBe(8001);
    expect(prefill.spec.initContainers?.map(({ name }) => name)).toEqual([
      'storage-initializer',
    ]);
    expect(main(prefill).ports).toEqual([
      { containerPort: 8000, protocol: 'TCP' },
    ]);
    expect(main(decode).terminationMessagePolicy).toBe('FallbackToLogsOnError');
    expect(main(prefill).terminationMessagePolicy).toBe('File');
    expect(decode.status?.initContainerStatuses?.[1]).toMatchObject({
      ready: true,
      state: { running: {} },
    });
  });

  it('merges the environment of the template over the preset', () => {
    const names = main(decode).env?.map(({ name }: EnvVar) => name);
    expect(names).toEqual(
      expect.arrayContaining(['HOME', 'VLLM_LOGGING_LEVEL', 'HF_HUB_CACHE']),
    );
    expect(names).toContain('VLLM_ADDITIONAL_ARGS');
    expect(
      main(decode).env?.find(
        ({ name }) => name === 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      )?.valueFrom,
    ).toEqual({ fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } });
    expect(main(decode).command?.[2]).toContain(
      '--served-model-name "Qwen/Qwen2.5-7B-Instruct" "publishers/llm-demo/models/Qwen/Qwen2.5-7B-Instruct" --port 8001',
    );
  });

  it('attaches the network and reports it as Multus does', () => {
    const status = JSON.parse(
      decode.metadata.annotations?.['k8s.v1.cni.cncf.io/network-status'] ?? '',
    );
    expect(status).toMatchObject([
      {
        name: 'ovn-kubernetes',
        interface: 'eth0',
        default: true,
        ips: [decode.status?.podIP],
      },
      {
        name: 'llm-demo/roce-p2',
        interface: 'net1',
        'device-info': {
          pci: { 'rdma-device': expect.stringMatching(/^mlx5_\d$/) },
        },
      },
    ]);
    expect(scheduler.metadata.annotations).not.toHaveProperty(
      'k8s.v1.cni.cncf.io/network-status',
    );
  });

  it('routes through gateway, pool and scheduler', () => {
    expect(
      cluster.find(RESOURCES.inferencePool, 'qwen-inference-pool'),
    ).toMatchObject({
      spec: {
        selector: {
          matchLabels: {
            'app.kubernetes.io/part-of': 'llminferenceservice',
            'app.kubernetes.io/name': 'qwen',
            'kserve.io/component': 'workload',
          },
        },
        targetPorts: [{ number: 8000 }],
        endpointPickerRef: {
          name: 'qwen-epp-service',
          port: { number: 9002 },
          failureMode: 'FailOpen',
        },
      },
      status: {
        parents: [
          {
            conditions: [
              { type: 'Accepted', status: 'True' },
              { type: 'ResolvedRefs', status: 'True' },
            ],
          },
        ],
      },
    });
    const args = main(scheduler).args ?? [];
    expect(args[0]).toBe('--config-text');
    expect(args[1]).toContain('- name: prefill');
    expect(args[1]).toContain('always-disagg-pd-decider');
    expect(
      cluster.deployment('qwen-kserve-router-scheduler').spec.strategy,
    ).toEqual({ type: 'Recreate' });
  });

  it('lets the engines say that they move the KV cache over RDMA', () => {
    expect(cluster.log(decode)).toContain('NIXL is available');
    expect(cluster.log(decode)).toMatch(
      /inter-node cfg#\d+ rma\(rc_mlx5\/mlx5_\d:1\)/,
    );
    expect(cluster.log(decode)).toContain(
      'KV Transfer metrics: Num successful transfers=',
    );
  });

  it('owns everything through controller references', () => {
    expect(prefill.metadata.ownerReferences).toMatchObject([
      { kind: 'ReplicaSet', controller: true },
    ]);
    const deployment = cluster.deployment('qwen-kserve-prefill');
    expect(deployment.metadata.ownerReferences).toMatchObject([
      {
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        name: 'qwen',
        uid: cluster.service().metadata.uid,
      },
    ]);
  });
});

describe('merging of presets', () => {
  it('lets prefill inherit nothing from the inline template', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.edit(spec => ({ ...spec, prefill: { replicas: 1 } }));
    cluster.pass(1);
    const { spec } = cluster.deployment('qwen-kserve-prefill');
    const [engine] = spec.template.spec.containers;
    expect(engine.resources).toEqual({});
    expect(engine.env?.map(({ name }) => name)).toEqual([
      'HOME',
      'VLLM_LOGGING_LEVEL',
      'HF_HUB_CACHE',
    ]);
  });

  it('takes prefill from a base configuration', () => {
    const cluster = playedCluster();
    cluster.store.create(RESOURCES.serviceConfig, {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceServiceConfig',
      metadata: { name: 'team-pd', namespace: 'llm-demo' },
      spec: { prefill: { replicas: 2 }, router: { scheduler: {} } },
    });
    cluster.deploy();
    cluster.edit(({ prefill: _prefill, router: _router, ...spec }) => ({
      ...spec,
      baseRefs: [{ name: 'team-pd' }],
    }));
    cluster.pass(SETTLED);
    expect(cluster.service().spec).not.toHaveProperty('prefill');
    expect(cluster.service().status).toMatchObject({
      workloads: { prefill: { readyReplicas: 2 } },
      appliedConfigs: expect.arrayContaining([
        { name: 'team-pd', namespace: 'llm-demo', source: 'UserRef' },
      ]),
    });
  });

  it.each([
    [
      'a base configuration that does not exist',
      { baseRefs: [{ name: 'nowhere' }] },
      'ConfigNotFound',
      'LLMInferenceServiceConfig "nowhere" not found in namespaces [llm-demo kserve]',
    ],
    [
      'braces of a template in a value',
      { labels: { chat: '{{ messages }}' } },
      'CombineBaseError',
      'failed to combine base-configurations: failed to replace variables: template: config:1: function "messages" not defined',
    ],
    [
      'pipeline parallelism, whose preset is not shipped',
      { worker: { containers: [] }, parallelism: { pipeline: 2 } },
      'ConfigNotFound',
      'LLMInferenceServiceConfig "kserve-config-llm-decode-worker-pipeline-parallel" not found in namespaces [llm-demo kserve]',
    ],
  ])(
    'refuses %s and leaves all else as it was',
    (_what, change, reason, message) => {
      const cluster = playedCluster();
      cluster.deploy();
      cluster.pass(SETTLED);
      cluster.edit(spec => ({ ...spec, ...change }));
      cluster.pass(1);
      expect(cluster.condition('PresetsCombined')).toMatchObject({
        status: 'False',
        reason,
        message,
      });
      expect(cluster.condition('Ready')?.status).toBe('False');
      expect(cluster.condition('MainWorkloadReady')?.status).toBe('True');
      expect(cluster.pods()).toHaveLength(4);
    },
  );

  it('names children of long names as Knative does', () => {
    const cluster = playedCluster();
    const name = 'a-service-whose-name-leaves-too-little-room-for-its-suffix';
    cluster.deploy({ name });
    cluster.pass(SETTLED);
    const deployments = cluster.store.list(
      RESOURCES.deployment,
    ) as Deployment[];
    expect(deployments).toHaveLength(3);
    for (const { metadata } of deployments) {
      expect(metadata.name.length).toBeLessThanOrEqual(63);
      expect(metadata.name).toMatch(/[0-9a-f]{32}-kserve/);
    }
    expect(cluster.condition('Ready', name)?.status).toBe('True');
  });
});

describe('a service over several nodes', () => {
  const GPUS = {
    cpu: '16',
    memory: '64Gi',
    'nvidia.com/gpu': '4',
    'rdma/roce_gdr': '1',
  };
  const large = () => {
    const cluster = playedCluster({ gpuNodes: 4 });
    cluster.deploy({
      groupSize: 2,
      gpusPerNode: 4,
      prefillReplicas: 1,
      resources: GPUS,
    });
    return cluster;
  };

  it('runs groups of a leader and its workers', () => {
    const cluster = large();
    cluster.pass(SETTLED);
    const set = cluster.find<LeaderWorkerSet>(
      RESOURCES.leaderWorkerSet,
      'qwen-kserve-mn',
    );
    expect(set.metadata.labels?.['app.kubernetes.io/component']).toBe(
      'llminferenceservice-workload-worker',
    );
    expect(set.status).toMatchObject({
      replicas: 1,
      readyReplicas: 1,
      updatedReplicas: 1,
    });
    const leader = cluster.find<Pod>(RESOURCES.pod, 'qwen-kserve-mn-prefill-0');
    const worker = cluster.find<Pod>(
      RESOURCES.pod,
      'qwen-kserve-mn-prefill-0-1',
    );
    expect(leader.metadata.labels).toMatchObject({
      'app.kubernetes.io/component':
        'llminferenceservice-workload-leader-prefill',
      'llm-d.ai/role': 'prefill',
      'leaderworkerset.sigs.k8s.io/worker-index': '0',
    });
    expect(worker.metadata.labels).toMatchObject({
      'app.kubernetes.io/component':
        'llminferenceservice-workload-worker-prefill',
      'leaderworkerset.sigs.k8s.io/worker-index': '1',
    });
    expect(worker.metadata.labels).not.toHaveProperty('llm-d.ai/role');
    expect(worker.spec.containers[0]).not.toHaveProperty('startupProbe');
    expect(cluster.condition('WorkerWorkloadReady')?.status).toBe('True');
    expect(cluster.condition('PrefillWorkerWorkloadReady')?.status).toBe(
      'True',
    );
    expect(cluster.condition('MainWorkloadReady')).toBeUndefined();
  });

  it('makes a whole group anew when one of its pods goes', () => {
    const cluster = large();
    cluster.pass(SETTLED);
    const leader = cluster.find<Pod>(RESOURCES.pod, 'qwen-kserve-mn-0');
    cluster.store.delete(RESOURCES.pod, 'qwen-kserve-mn-0-1', 'llm-demo');
    cluster.pass(2);
    expect(cluster.condition('WorkerWorkloadReady')?.status).toBe('False');
    cluster.pass(2 * SETTLED);
    expect(
      cluster.find(RESOURCES.pod, 'qwen-kserve-mn-0').metadata.uid,
    ).not.toBe(leader.metadata.uid);
    expect(cluster.condition('Ready')?.status).toBe('True');
  });

  it('rolls group by group', () => {
    const cluster = large();
    cluster.pass(SETTLED);
    cluster.edit(spec => ({
      ...spec,
      worker: {
        containers: [
          {
            ...spec.worker?.containers[0],
            name: 'main',
            image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.1',
          },
        ],
      },
    }));
    cluster.pass(2);
    const set = () =>
      cluster.find<LeaderWorkerSet>(
        RESOURCES.leaderWorkerSet,
        'qwen-kserve-mn',
      );
    expect(cluster.condition('WorkerWorkloadReady')?.status).toBe('False');
    cluster.pass(2 * SETTLED);
    expect(set().status).toMatchObject({
      readyReplicas: 1,
      updatedReplicas: 1,
    });
    expect(
      cluster.find<Pod>(RESOURCES.pod, 'qwen-kserve-mn-0-1').spec.containers[0]
        .image,
    ).toBe('ghcr.io/llm-d/llm-d-cuda:v0.9.1');
    expect(cluster.condition('Ready')?.status).toBe('True');
  });
});
