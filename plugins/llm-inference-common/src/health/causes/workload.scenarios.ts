import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  containerOf,
  evicted,
  makeYoung,
  runsUnready,
  setCondition,
  turnsUnready,
  unschedulable,
} from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { NAME, ago } from '../__testUtils__/fixtureBasics';
import { makePod } from '../__testUtils__/podFixtures';

/** A rollout of prefill with one new pod beside the old ones. */
const rollout = (s: ServiceBuilder, progressing: string, reason: string) => {
  const young = makePod('prefill', 2, 'new');
  s.pods.prefill.forEach(pod => {
    pod.metadata.ownerReferences[0].name = `${NAME}-kserve-prefill-old`;
  });
  s.pods.prefill.push(young);
  const old = structuredClone(s.replicaSets.prefill[0]);
  old.metadata.name = `${NAME}-kserve-prefill-old`;
  old.metadata.annotations['deployment.kubernetes.io/revision'] = '1';
  s.replicaSets.prefill.push(old);
  Object.assign(s.workloads.prefill.status, {
    replicas: 3,
    updatedReplicas: 1,
  });
  setCondition(s.workloads.prefill, 'Progressing', progressing, {
    reason,
    message: `ReplicaSet "${NAME}-kserve-prefill-new" ${
      reason === 'ReplicaSetUpdated'
        ? 'is progressing'
        : 'has timed out progressing'
    }.`,
  });
  return young;
};

export const workloadScenarios = [
  root('presets-not-combined', 'a template in a value', s =>
    s.condition(
      'PresetsCombined',
      'False',
      'CombineBaseError',
      'failed to combine base-configurations: template: config:1: function "messages" not defined',
    ),
  ),
  root(
    'presets-not-combined',
    'the webhook does not answer',
    s =>
      s.condition(
        'PresetsCombined',
        'Unknown',
        'ValidationUnavailable',
        'failed calling webhook: context deadline exceeded',
      ),
    { severity: 'Warning' },
  ),
  nearMiss(
    'presets-not-combined',
    'the reason is a stop',
    s => {
      s.condition('PresetsCombined', 'False', 'Stopped', 'Service is stopped');
      s.resource.metadata.annotations['serving.kserve.io/stop'] = 'TRUE';
    },
    { verdict: 'Stopped' },
  ),
  root('selector-immutable', 'a label was changed on a live service', s =>
    s.condition(
      'MainWorkloadReady',
      'False',
      'ReconcileSingleNodeWorkloadError',
      'failed to reconcile: failed to update Deployment llm/qwen-kserve: Deployment.apps "qwen-kserve" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"team":"search"}}: field is immutable',
    ),
  ),
  nearMiss('selector-immutable', 'another field is immutable', s =>
    s.condition(
      'MainWorkloadReady',
      'False',
      'ReconcileWorkloadServiceError',
      'Service "qwen-kserve-workload-svc" is invalid: spec.clusterIPs[0]: Invalid value: "": field is immutable',
    ),
  ),
  root('controller-error', 'a role cannot be written', s =>
    s.condition(
      'MainWorkloadReady',
      'False',
      'ReconcileWorkloadPermissionsError',
      'failed to reconcile permissions: roles.rbac.authorization.k8s.io "qwen-kserve-role" is forbidden',
    ),
  ),
  root(
    'controller-error',
    'the controller started before LeaderWorkerSets existed',
    s => {
      toGroups(s);
      s.condition(
        'WorkerWorkloadReady',
        'False',
        'Progressing',
        'LWS is progressing',
      );
    },
  ),
  nearMiss(
    'controller-error',
    'two writers met once',
    s =>
      s.event(
        s.resource,
        'Error',
        'Reconciliation failed: Operation cannot be fulfilled on deployments.apps "qwen-kserve": the object has been modified; please apply your changes to the latest version and try again',
      ),
    { verdict: 'Healthy' },
  ),
  root(
    'scaling-metric-unavailable',
    'KEDA cannot read its trigger',
    s =>
      s.condition(
        'PrefillScalingReady',
        'False',
        'TriggerError',
        'Triggers defined in ScaledObject are not working correctly',
      ),
    { verdict: 'Healthy' },
  ),
  root(
    'scaling-metric-unavailable',
    'the autoscaler has no external metric',
    s =>
      s.more.push({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'qwen-kserve-hpa', namespace: 'llm' },
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'qwen-kserve' } },
        status: {
          conditions: [
            {
              type: 'ScalingActive',
              status: 'False',
              reason: 'FailedGetExternalMetric',
              message:
                'the HPA was unable to compute the replica count: unable to get external metric llm/wva_desired_replicas: no metrics returned from external metrics API',
            },
          ],
        },
      }),
    { verdict: 'Healthy' },
  ),
  nearMiss(
    'scaling-metric-unavailable',
    'the autoscaler is being made',
    s =>
      s.condition(
        'ScalingReady',
        'False',
        'HPAProgressing',
        'HPA is progressing',
      ),
    { verdict: 'Healthy' },
  ),
  root('node-not-ready', 'the node of a prefill pod is lost', s =>
    setCondition(s.pod('prefill'), 'Ready', 'False', {
      reason: 'NodeNotReady',
      lastTransitionTime: ago(8),
    }),
  ),
  root(
    'node-not-ready',
    'the taint manager deletes decode',
    s => {
      setCondition(s.pod('decode'), 'Ready', 'False', {
        lastTransitionTime: ago(8),
      });
      setCondition(s.pod('decode'), 'DisruptionTarget', 'True', {
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
      });
    },
    { verdict: 'Unavailable', severity: 'Critical' },
  ),
  nearMiss(
    'node-not-ready',
    'a pod that is not ready for its own reasons',
    s => {
      turnsUnready(s.pod('prefill'));
    },
  ),
  root('pod-evicted', 'pressure on processes', s =>
    evicted(s.pod('prefill'), 'The node was low on resource: pids. '),
  ),
  root('pod-evicted', 'a pod was preempted and its place is empty', s => {
    const [gone] = s.pods.prefill.splice(0, 1);
    s.event(gone, 'Preempted', 'Preempted by pod 7c1f on node gpu-node-2', {
      type: 'Normal',
      minutes: 3,
    });
  }),
  nearMiss(
    'pod-evicted',
    'a ready pod has taken its place',
    s => {
      const old = makePod('prefill', 7);
      evicted(old, 'The node was low on resource: pids. ', 200);
      s.more.push(old);
    },
    { verdict: 'Healthy' },
  ),
  root('rollout-stalled', 'the new pod never becomes ready', s => {
    runsUnready(rollout(s, 'False', 'ProgressDeadlineExceeded'), 30);
  }),
  nearMiss(
    'rollout-stalled',
    'the rollout moves',
    s => {
      runsUnready(rollout(s, 'True', 'ReplicaSetUpdated'), 3);
    },
    { verdict: 'Progressing' },
  ),
  nearMiss(
    'rollout-stalled',
    'a first start past its deadline has a cause of its own',
    s => {
      s.pods.prefill.forEach(pod =>
        unschedulable(
          pod,
          '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
        ),
      );
      setCondition(s.workloads.prefill, 'Progressing', 'False', {
        reason: 'ProgressDeadlineExceeded',
      });
    },
    { verdict: 'Degraded' },
  ),
  root(
    'pool-below-desired',
    'one of two prefill pods is not ready for half an hour',
    s => {
      runsUnready(s.pod('prefill'), 30);
    },
  ),
  nearMiss(
    'pool-below-desired',
    'a third pod was asked for three minutes ago',
    s => {
      const third = makePod('prefill', 2);
      runsUnready(third, 3);
      s.pods.prefill.push(third);
      s.workloads.prefill.spec.replicas = 3;
      Object.assign(s.workloads.prefill.status, {
        replicas: 3,
        updatedReplicas: 3,
      });
    },
    { verdict: 'Progressing' },
  ),
  root(
    'prefill-unavailable',
    'prefill is scaled to zero',
    s => {
      s.pods.prefill.length = 0;
      s.workloads.prefill.spec.replicas = 0;
    },
    { verdict: 'Degraded' },
  ),
  root(
    'prefill-unavailable',
    'no prefill pod is ready, and nothing says why',
    s => s.pods.prefill.forEach(pod => runsUnready(pod, 40)),
    { verdict: 'Degraded' },
  ),
  nearMiss(
    'prefill-unavailable',
    'both prefill pods load for the first time',
    s => {
      s.firstStart(6);
      s.workloads.prefill.status.conditions = [];
      s.pods.prefill.forEach(pod => runsUnready(pod, 3));
    },
    { verdict: 'Progressing' },
  ),
  root(
    'decode-unavailable',
    'decode is gone and nothing says why',
    s => {
      s.pods.decode.length = 0;
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'decode-unavailable',
    'decode loads for the first time',
    s => {
      s.firstStart(6);
      s.workloads.decode.status.conditions = [];
      s.pods.decode.forEach(pod => runsUnready(pod, 3));
      makeYoung(s.pod('prefill'), 6);
      setCondition(s.pod('prefill'), 'Ready', 'True', {
        lastTransitionTime: ago(1),
      });
    },
    { verdict: 'Progressing' },
  ),
  nearMiss(
    'controller-error',
    'the controller complains of the model, which is a cause of its own',
    s =>
      s.condition(
        'MainWorkloadReady',
        'False',
        'ReconcileSingleNodeWorkloadError',
        'failed to reconcile single node workload: unsupported schema in model URI: ftp://models/qwen',
      ),
  ),
  root(
    'pod-evicted',
    'an older kubelet wrote no time, and the only decode pod is replaced',
    s => {
      const gone = makePod('decode', 9);
      gone.status = silentEviction();
      s.more.push(gone);
      runsUnready(s.pod('decode'), 1);
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'pod-evicted',
    'an old eviction without a time was made good before prefill was scaled up',
    s => {
      const gone = makePod('prefill', 9);
      gone.metadata.creationTimestamp = ago(20 * 24 * 60);
      gone.status = silentEviction();
      s.more.push(gone);
      const third = makePod('prefill', 2);
      runsUnready(third, 2);
      s.pods.prefill.push(third);
      s.workloads.prefill.spec.replicas = 3;
    },
    { verdict: 'Progressing' },
  ),
];

/** Turns decode into one group of one pod. */
function toGroups(s: ServiceBuilder) {
  const lws = s.workloads.decode;
  lws.kind = 'LeaderWorkerSet';
  lws.metadata.name = 'qwen-kserve-mn';
  lws.metadata.labels['app.kubernetes.io/component'] =
    'llminferenceservice-workload-worker';
  lws.spec.leaderWorkerTemplate = {
    size: 1,
    workerTemplate: lws.spec.template,
  };
  lws.status = {
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    conditions: [
      { type: 'Available', status: 'True', lastTransitionTime: ago(500) },
    ],
  };
  for (const pod of s.pods.decode) {
    containerOf(pod).restartCount = 0;
    pod.metadata.labels['leaderworkerset.sigs.k8s.io/name'] = 'qwen-kserve-mn';
    pod.metadata.labels['leaderworkerset.sigs.k8s.io/group-index'] = '0';
    pod.metadata.labels['leaderworkerset.sigs.k8s.io/worker-index'] = '0';
    pod.metadata.ownerReferences = [
      { kind: 'StatefulSet', name: 'qwen-kserve-mn', controller: true },
    ];
  }
}

/** What kubelets before disruption conditions leave of an evicted pod. */
function silentEviction() {
  return {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node had condition: [PIDPressure]. ',
  };
}
