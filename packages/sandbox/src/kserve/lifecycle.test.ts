import { RESOURCES } from './kinds';
import { playedCluster, SETTLED } from './testing/playedCluster';

describe('life of a service', () => {
  it('passes through not ready to Ready', () => {
    const cluster = playedCluster();
    cluster.deploy();

    cluster.pass(0.5);
    expect(cluster.condition('Ready')).toMatchObject({
      status: 'False',
      reason: 'MinimumReplicasUnavailable',
    });
    expect(cluster.condition('MainWorkloadReady')?.severity).toBe('Info');
    expect(cluster.pods('decode')[0].status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { name: 'storage-initializer', state: { running: {} } },
        {
          name: 'llm-d-routing-sidecar',
          state: { waiting: { reason: 'PodInitializing' } },
        },
      ],
    });

    cluster.pass(SETTLED);
    expect(cluster.condition('Ready')?.status).toBe('True');
    expect(cluster.service().status).toMatchObject({
      observedGeneration: 1,
      url: 'http://203.0.113.14/llm-demo/qwen',
      workloads: {
        primary: { kind: 'Deployment', name: 'qwen-kserve', readyReplicas: 1 },
        prefill: { name: 'qwen-kserve-prefill', readyReplicas: 2 },
        scheduler: { name: 'qwen-kserve-router-scheduler', readyReplicas: 1 },
        service: { kind: 'Service', name: 'qwen-kserve-workload-svc' },
      },
    });
    expect(cluster.events()).toContain(
      'LLMInferenceServiceReady: LLMInferenceService [qwen] is Ready',
    );
  });

  it('scales a pool up and down without a new revision', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);
    const [survivor] = cluster.pods('decode');

    cluster.edit(spec => ({ ...spec, replicas: 3 }));
    cluster.pass(SETTLED);
    expect(cluster.pods('decode')).toHaveLength(3);
    expect(cluster.deployment('qwen-kserve').status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
    });
    expect(
      cluster.deployment('qwen-kserve').metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('1');

    cluster.edit(spec => ({ ...spec, replicas: 1 }));
    cluster.pass(SETTLED);
    expect(cluster.pods('decode').map(pod => pod.metadata.name)).toEqual([
      survivor.metadata.name,
    ]);
  });

  it('rolls within a quarter of surge and unavailability', () => {
    const cluster = playedCluster({ gpuNodes: 4 });
    cluster.deploy({ prefillReplicas: 4 });
    cluster.pass(SETTLED);
    const counts: { total: number; ready: number }[] = [];
    const stop = cluster.store.subscribe(({ resource }) => {
      if (resource === RESOURCES.replicaSet) {
        const { status } = cluster.deployment('qwen-kserve-prefill');
        counts.push({
          total: status?.replicas ?? 0,
          ready: status?.readyReplicas ?? 0,
        });
      }
    });
    cluster.edit(spec => ({
      ...spec,
      prefill: {
        ...spec.prefill,
        template: {
          containers: [
            {
              ...spec.prefill?.template?.containers[0],
              name: 'main',
              image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.1',
            },
          ],
        },
      },
    }));
    cluster.pass(6 * SETTLED);
    stop();

    expect(Math.max(...counts.map(({ total }) => total))).toBe(5);
    expect(Math.min(...counts.map(({ ready }) => ready))).toBe(3);
    expect(cluster.pods('prefill')).toHaveLength(4);
    for (const pod of cluster.pods('prefill')) {
      expect(pod.spec.containers[0].image).toBe(
        'ghcr.io/llm-d/llm-d-cuda:v0.9.1',
      );
    }
    expect(
      cluster
        .deployment('qwen-kserve-prefill')
        .status?.conditions?.find(({ type }) => type === 'Progressing'),
    ).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
    expect(cluster.pods('decode')).toHaveLength(1);
  });

  it('stops by annotation, in any letter case, and starts again', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);

    cluster.annotate({ 'serving.kserve.io/stop': 'True' });
    cluster.pass(5);
    expect(cluster.pods()).toEqual([]);
    for (const resource of [
      RESOURCES.deployment,
      RESOURCES.inferencePool,
      RESOURCES.httpRoute,
    ]) {
      expect(cluster.store.list(resource, 'llm-demo')).toEqual([]);
    }
    const { status } = cluster.service();
    expect(
      status?.conditions
        ?.filter(({ reason }) => reason === 'Stopped')
        .map(({ type }) => type),
    ).toEqual([
      'GatewaysReady',
      'HTTPRoutesReady',
      'InferencePoolReady',
      'MainWorkloadReady',
      'PrefillWorkerWorkloadReady',
      'PrefillWorkloadReady',
      'Ready',
      'RouterReady',
      'SchedulerWorkloadReady',
      'WorkerWorkloadReady',
      'WorkloadsReady',
    ]);
    expect(status).toMatchObject({ url: 'http://203.0.113.14/llm-demo/qwen' });
    expect(status).not.toHaveProperty('workloads');

    cluster.annotate({ 'serving.kserve.io/stop': 'false' });
    cluster.pass(SETTLED);
    expect(cluster.condition('Ready')?.status).toBe('True');
    expect(cluster.pods()).toHaveLength(4);
  });

  it('goes with everything it owns when it is deleted', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);
    cluster.store.delete(RESOURCES.service, 'qwen', 'llm-demo');

    cluster.pass(0.1);
    expect(cluster.pods()).toHaveLength(4);
    for (const pod of cluster.pods()) {
      expect(pod.metadata.deletionTimestamp).toBeDefined();
    }

    cluster.pass(5);
    expect(cluster.pods()).toEqual([]);
    for (const resource of [
      RESOURCES.service,
      RESOURCES.deployment,
      RESOURCES.replicaSet,
      RESOURCES.kubeService,
      RESOURCES.inferencePool,
      RESOURCES.httpRoute,
    ]) {
      expect(cluster.store.list(resource, 'llm-demo')).toEqual([]);
    }
  });

  it('replaces a pod that somebody deletes', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);
    const [pod] = cluster.pods('decode');
    cluster.store.delete(RESOURCES.pod, pod.metadata.name, 'llm-demo');

    cluster.pass(3);
    expect(cluster.condition('Ready')?.status).toBe('False');
    expect(
      cluster.events().some(event => event.includes('is no longer Ready')),
    ).toBe(true);
    cluster.pass(SETTLED);
    expect(cluster.condition('Ready')?.status).toBe('True');
    expect(cluster.pods('decode')[0].metadata.uid).not.toBe(pod.metadata.uid);
  });

  it('tells a wrong spec in an event and goes on with the others', () => {
    const cluster = playedCluster();
    cluster.store.create(RESOURCES.service, {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: { name: 'broken', namespace: 'llm-demo' },
      spec: {},
    });
    cluster.deploy();
    cluster.pass(SETTLED);
    expect(cluster.events()).toContain(
      'Error: Reconciliation failed: spec.model: Required value',
    );
    expect(cluster.condition('Ready')?.status).toBe('True');
  });
});
