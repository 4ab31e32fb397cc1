import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { setCondition, unschedulable, waits } from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';

/** No prefill pod is placed, for the reason that the scheduler gives. */
const unplaced = (message: string, minutes?: number) => (s: ServiceBuilder) =>
  s.pods.prefill.forEach(pod => unschedulable(pod, message, minutes));

const TAIL =
  ' preemption: 0/6 nodes are available: 6 No preemption victims found for incoming pod.';

export const schedulingScenarios = [
  root(
    'insufficient-rdma',
    'an SR-IOV resource is used up',
    unplaced(
      `0/6 nodes are available: 2 node(s) were unschedulable, 4 Insufficient openshift.io/p2rdma.${TAIL}`,
    ),
  ),
  root(
    'insufficient-rdma',
    'RDMA and GPU are both short: RDMA is named first',
    unplaced(
      '0/9 nodes are available: 3 Insufficient nvidia.com/gpu, 6 Insufficient rdma/roce_gdr.',
    ),
  ),
  root(
    'insufficient-rdma',
    'RDMA and GPU are short on every node: RDMA is named first',
    unplaced(
      '0/6 nodes are available: 6 Insufficient nvidia.com/gpu, 6 Insufficient rdma/roce_gdr.',
    ),
  ),
  root(
    'insufficient-gpu',
    'nodes without GPUs have no RDMA either, but the GPU nodes are short of GPUs alone',
    unplaced(
      '0/7 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient rdma/roce_gdr, 6 Insufficient nvidia.com/gpu.',
    ),
  ),
  nearMiss(
    'insufficient-rdma',
    'the pods found a node since; the event is still there',
    s =>
      s.event(
        s.pod('prefill'),
        'FailedScheduling',
        '0/6 nodes are available: 6 Insufficient rdma/roce_gdr.',
        { minutes: 20 },
      ),
    { verdict: 'Healthy' },
  ),
  root(
    'insufficient-gpu',
    'MIG slices are used up',
    unplaced(
      `0/4 nodes are available: 4 Insufficient nvidia.com/mig-3g.40gb.${TAIL}`,
    ),
  ),
  root(
    'insufficient-gpu',
    'dynamic resource allocation finds no device',
    unplaced(
      '0/4 nodes are available: 4 cannot allocate all claims. still not schedulable, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
    ),
  ),
  nearMiss(
    'insufficient-gpu',
    'RDMA named by NVIDIA is not a GPU',
    unplaced('0/4 nodes are available: 4 Insufficient nvidia.com/hostdev.'),
    { verdict: 'Degraded' },
  ),
  root(
    'insufficient-cpu-memory',
    'memory is short',
    unplaced(
      `0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory.${TAIL}`,
    ),
  ),
  nearMiss(
    'insufficient-cpu-memory',
    'CPU is short on some nodes, GPUs on the others',
    unplaced(
      '0/5 nodes are available: 2 Insufficient cpu, 3 Insufficient nvidia.com/gpu.',
    ),
  ),
  root(
    'node-selector-mismatch',
    'the label does not exist',
    unplaced(
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
    ),
  ),
  root(
    'node-selector-mismatch',
    'wording of Kubernetes 1.19',
    unplaced("0/3 nodes are available: 3 node(s) didn't match node selector."),
  ),
  nearMiss(
    'node-selector-mismatch',
    'the CPU nodes do not match, which is meant; the GPU nodes are full',
    unplaced(
      "0/6 nodes are available: 2 node(s) didn't match Pod's node affinity/selector, 4 Insufficient nvidia.com/gpu.",
    ),
  ),
  root(
    'untolerated-taint',
    'the GPU nodes are tainted',
    unplaced(
      '0/6 nodes are available: 3 node(s) had untolerated taint {nvidia.com/gpu: present}, 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
    ),
  ),
  root(
    'untolerated-taint',
    'wording of Kubernetes 1.20',
    unplaced(
      "0/4 nodes are available: 4 node(s) had taint {dedicated: llm}, that the pod didn't tolerate.",
    ),
  ),
  nearMiss(
    'untolerated-taint',
    'cordoned and control-plane nodes are background',
    unplaced(
      '0/6 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unschedulable: }, 3 Insufficient nvidia.com/gpu, 2 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
    ),
  ),
  root(
    'anti-affinity-unsatisfied',
    'required anti-affinity on too few nodes',
    unplaced(
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
    ),
  ),
  nearMiss(
    'anti-affinity-unsatisfied',
    'anti-affinity excludes one node, the rest has no RDMA left',
    unplaced(
      "0/4 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 3 Insufficient rdma/ib.",
    ),
  ),
  root(
    'volume-not-bound',
    'the claim of the model does not exist',
    unplaced(
      '0/6 nodes are available: persistentvolumeclaim "qwen-weights" not found. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
    ),
  ),
  root(
    'volume-not-bound',
    'the claim is not bound, a clause without a number',
    unplaced(
      '0/6 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.',
    ),
  ),
  root('volume-not-bound', 'a volume for one node is wanted by two', s => {
    const pod = s.pod('prefill');
    waits(pod, 'ContainerCreating', '');
    pod.status.initContainerStatuses[0].state = {
      waiting: { reason: 'PodInitializing' },
    };
    s.event(
      pod,
      'FailedAttachVolume',
      'Multi-Attach error for volume "pvc-1f0c" Volume is already used by pod(s) qwen-kserve-new-0',
    );
  }),
  nearMiss('volume-not-bound', 'the volume was attached after a wait', s =>
    s.event(
      s.pod('prefill'),
      'FailedAttachVolume',
      'Multi-Attach error for volume "pvc-1f0c" Volume is already used by pod(s) qwen-kserve-new-0',
    ),
  ),
  root(
    'device-allocation-failed',
    'the kubelet refuses an unhealthy device, again and again',
    s => {
      s.pods.prefill.forEach(pod => {
        pod.metadata.creationTimestamp = ago(2);
        pod.status = {
          phase: 'Failed',
          reason: 'UnexpectedAdmissionError',
          message:
            'Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected',
        };
      });
    },
  ),
  nearMiss(
    'device-allocation-failed',
    'a refused pod was replaced by a ready one',
    s => {
      const old = structuredClone(s.pod('prefill'));
      old.metadata.name = 'qwen-kserve-prefill-new-9';
      old.metadata.uid = 'uid-9';
      old.status = {
        phase: 'Failed',
        reason: 'UnexpectedAdmissionError',
        message:
          'Pod Allocate failed due to device plugin GetPreferredAllocation rpc failed, which is unexpected',
      };
      s.more.push(old);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'scheduling-gated',
    'a queue has held the pods for an hour',
    s => s.pods.prefill.forEach(pod => gate(pod, 60)),
    { severity: 'Warning' },
  ),
  nearMiss(
    'scheduling-gated',
    'the gates were lifted and the pods wait for a node',
    s =>
      s.pods.prefill.forEach(pod =>
        unschedulable(
          pod,
          '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
        ),
      ),
  ),
  root(
    'insufficient-gpu',
    'the newest event says nothing that can be read, the condition does',
    s => {
      const pod = s.pod('prefill');
      unschedulable(
        pod,
        `0/4 nodes are available: 4 Insufficient nvidia.com/gpu.${TAIL}`,
      );
      s.event(
        pod,
        'FailedScheduling',
        'running PreFilter plugin "DynamicResources": context deadline exceeded',
      );
    },
    { verdict: 'Degraded' },
  ),
];

function gate(pod: Parameters<typeof unschedulable>[0], minutes: number) {
  unschedulable(pod, '', minutes);
  pod.spec.schedulingGates = [{ name: 'kueue.x-k8s.io/admission' }];
  setCondition(pod, 'PodScheduled', 'False', {
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  });
}
