import { Fault } from './Fault';
import { editEngine, editPools } from './manifestEdits';

const UNFINISHED_IMAGE = 'ghcr.io/llm-d/llm-d-cuda:v0.10.0-rc.1';

/** Controllers and nodes do not keep the pools as they should be. */
export const WORKLOAD_FAULTS: Fault[] = [
  {
    id: 'presets-not-combined',
    title: 'A base configuration that the service refers to does not exist',
    targets: ['decode', 'prefill'],
    manifest: service => ({
      ...service,
      spec: {
        ...service.spec,
        baseRefs: [...(service.spec.baseRefs ?? []), { name: 'team-defaults' }],
      },
    }),
    strikes: 'reconcile',
  },
  {
    id: 'rollout-stalled',
    title: 'A new image never becomes healthy while the old pods serve',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => ({ ...main, image: UNFINISHED_IMAGE })),
      ),
    container: {
      name: 'main',
      trouble: pod =>
        pod.spec.containers.some(({ image }) => image === UNFINISHED_IMAGE)
          ? { kind: 'hang' }
          : undefined,
    },
    strikes: 'reconcile',
  },
  {
    id: 'pool-below-desired',
    title: 'One pod of the pool is not ready and nobody says why',
    targets: ['prefill'],
    single: true,
    container: { name: 'main', trouble: () => ({ kind: 'unready' }) },
    strikes: 'running',
  },
  {
    id: 'prefill-unavailable',
    title: 'No prefill pod is ready and nobody says why',
    targets: ['prefill'],
    container: { name: 'main', trouble: () => ({ kind: 'unready' }) },
    strikes: 'running',
  },
  {
    id: 'decode-unavailable',
    title: 'No decode pod is ready and nobody says why',
    targets: ['decode'],
    container: { name: 'main', trouble: () => ({ kind: 'unready' }) },
    strikes: 'running',
  },
  {
    id: 'selector-immutable',
    title: 'Labels were added that end up in an immutable selector',
    targets: ['decode'],
    manifest: (service, targets) =>
      editPools(service, targets, pool => ({
        ...pool,
        labels: { ...pool.labels, team: 'search' },
      })),
    strikes: 'reconcile',
  },
  {
    id: 'controller-error',
    title: 'The controller may not create what the service needs',
    targets: ['decode'],
    reconcileError: {
      reason: 'ReconcileWorkloadPermissionsError',
      message:
        'failed to reconcile service account: serviceaccounts is forbidden: User "system:serviceaccount:kserve:llmisvc-controller-manager" cannot create resource "serviceaccounts" in API group ""',
    },
    strikes: 'reconcile',
  },
  {
    id: 'scaling-metric-unavailable',
    title: 'The autoscaler does not get its metric',
    targets: ['decode'],
    manifest: (service, targets) =>
      editPools(service, targets, ({ replicas, ...pool }) => ({
        ...pool,
        scaling: {
          minReplicas: replicas ?? 1,
          maxReplicas: (replicas ?? 1) + 2,
          wva: { hpa: {} },
        },
      })),
    scalingError: {
      reason: 'FailedGetExternalMetric',
      message:
        'the HPA was unable to compute the replica count: unable to get external metric wva_desired_replicas: no metrics returned from external metrics API',
    },
    strikes: 'reconcile',
  },
  {
    id: 'node-not-ready',
    title: 'The nodes under the pods do not answer',
    targets: ['decode'],
    losesNode: true,
    strikes: 'running',
  },
  {
    id: 'pod-evicted',
    title: 'A pod is evicted; its replacement has to start anew',
    targets: ['decode'],
    single: true,
    end: {
      reason: 'Evicted',
      message:
        'The node was low on resource: pids. Threshold quantity: 10%, available: 4%. ',
      condition: {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'TerminationByKubelet',
        message:
          'The node was low on resource: pids. Threshold quantity: 10%, available: 4%. ',
      },
    },
    strikes: 'end',
  },
];
