import { findCondition } from '../../resource/conditions';
import type { Pod } from '../../resource/pod';
import type { CauseId } from '../CauseId';
import { ageOf, isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { evidence } from '../quote';
import type { Evidence } from '../ServingHealth';
import { podEvents } from '../facts/podEvents';
import type { CauseDefinition, Finding } from './CauseDefinition';
import {
  readSchedulerMessage,
  type SchedulingVerdict,
} from './schedulerMessage';
import {
  fromCondition,
  fromEvent,
  inPod,
  mainOf,
  specOf,
  templateOf,
  word,
} from './words';

interface Unschedulable {
  verdict?: SchedulingVerdict;
  evidence: Evidence[];
}

/** What the scheduler says of a pod that it cannot place; the condition outlives the event. */
function readUnschedulable(pod: Pod, facts: Facts): Unschedulable | undefined {
  const condition = findCondition(pod.conditions, 'PodScheduled');
  if (pod.node || pod.phase !== 'Pending' || condition?.status === 'True') {
    return undefined;
  }
  const event = podEvents(pod, facts).find(
    ({ reason }) => reason === 'FailedScheduling',
  );
  const verdict = event && readSchedulerMessage(event.message);
  if (event && verdict) {
    return { verdict, evidence: [fromEvent(event)] };
  }
  return condition?.reason === 'Unschedulable'
    ? {
        verdict: readSchedulerMessage(condition.message),
        evidence: [fromCondition(`Pod/${pod.name}`, condition)],
      }
    : undefined;
}

/** Whether the pod is placed soon: a node is being added for it, or terminating pods still hold what it needs. */
function isPlacedSoon(pod: Pod, pool: PoolFacts, facts: Facts): boolean {
  const { nodeScaleUp, devicesReleased } = facts.thresholds;
  return (
    (isWithin(facts, pod.createdAt, nodeScaleUp) &&
      podEvents(pod, facts).some(
        ({ reason }) => reason === 'TriggeredScaleUp',
      )) ||
    (isWithin(facts, pod.createdAt, devicesReleased) &&
      pool.pods.some(({ terminating }) => terminating))
  );
}

function unschedulableBy(id: CauseId) {
  return (pod: Pod, pool: PoolFacts, facts: Facts): Finding | undefined => {
    const found = readUnschedulable(pod, facts);
    if (found?.verdict?.id !== id) {
      return undefined;
    }
    return inPod(pod, found.evidence, {
      detail: found.verdict.detail,
      severity: isPlacedSoon(pod, pool, facts) ? 'Info' : undefined,
    });
  };
}

const OUT_OF = /^OutOf(.+)$/;

/** Why pods cannot be placed on a node, by clause of the scheduler's message. */
export const schedulingCauses: CauseDefinition[] = [
  {
    id: 'insufficient-rdma',
    severity: 'Critical',
    step: 'scheduling',
    title: cause => `No free ${word(cause, 'resource', 'RDMA device')}`,
    podsSummary: cause =>
      `cannot be scheduled: no free ${word(cause, 'resource', 'RDMA device')}`,
    explanation: cause =>
      `No node has a free unit of the RDMA resource ${word(
        cause,
        'resource',
        '',
      )}, or no node offers a resource of that name at all (a wrong name, or its device plugin is down).`,
    remedy: cause =>
      `Compare the name in ${mainOf(
        cause,
      )}.resources with the keys under status.allocatable of a node. If it is right, free units or let the device plugin share more of them (rdmaHcaMax), or lower ${specOf(
        cause,
      )}.replicas.`,
    findInPod: unschedulableBy('insufficient-rdma'),
  },
  {
    id: 'insufficient-gpu',
    severity: 'Critical',
    step: 'scheduling',
    title: cause => `No free ${word(cause, 'resource', 'GPU')}`,
    podsSummary: cause =>
      `cannot be scheduled: no node has enough free ${word(
        cause,
        'resource',
        'GPUs',
      )}`,
    explanation:
      'A pod needs all its GPUs on one node, and no node has that many free. During a rolling update this is typical of a full cluster, because the new pod starts before an old one ends.',
    remedy: cause =>
      `Lower ${specOf(cause)}.replicas, or ${specOf(
        cause,
      )}.parallelism.tensor together with the GPU limit, or move capacity from the other pool. With a KServe newer than v0.20, ${specOf(
        cause,
      )}.rolloutStrategy.maxSurge: 0 updates without extra GPUs.`,
    findInPod(pod, pool, facts) {
      const out = OUT_OF.exec(pod.ended ? pod.reason : '')?.[1];
      return out && /gpu|mig-/i.test(out)
        ? inPod(
            pod,
            [evidence('ContainerStatus', `Pod/${pod.name}`, pod.message)],
            { detail: { resource: out } },
          )
        : unschedulableBy('insufficient-gpu')(pod, pool, facts);
    },
  },
  {
    id: 'insufficient-cpu-memory',
    severity: 'Critical',
    step: 'scheduling',
    title: cause => `Not enough ${word(cause, 'resource', 'CPU or memory')}`,
    podsSummary: cause =>
      `cannot be scheduled: no node has enough free ${word(
        cause,
        'resource',
        'CPU or memory',
      )}`,
    explanation: cause =>
      `No node that fits otherwise has enough free ${word(
        cause,
        'resource',
        'CPU or memory',
      )} for the requests of this pool.`,
    remedy: cause => `Lower ${mainOf(cause)}.resources.requests, or add nodes.`,
    findInPod(pod, pool, facts) {
      const out = OUT_OF.exec(pod.ended ? pod.reason : '')?.[1];
      return out && /^(?:cpu|memory|pods|ephemeral-storage)$/i.test(out)
        ? inPod(
            pod,
            [evidence('ContainerStatus', `Pod/${pod.name}`, pod.message)],
            { detail: { resource: out } },
          )
        : unschedulableBy('insufficient-cpu-memory')(pod, pool, facts);
    },
  },
  {
    id: 'node-selector-mismatch',
    severity: 'Critical',
    step: 'scheduling',
    title: 'No node matches the node selector',
    podsSummary: 'cannot be scheduled: no node matches the node selector',
    explanation:
      'The node selector or the node affinity asks for labels that no node has.',
    remedy: cause =>
      `Correct ${templateOf(cause)}.nodeSelector (or ${templateOf(
        cause,
      )}.affinity.nodeAffinity), or label the nodes that are meant.`,
    findInPod: unschedulableBy('node-selector-mismatch'),
  },
  {
    id: 'untolerated-taint',
    severity: 'Critical',
    step: 'scheduling',
    title: 'The fitting nodes are tainted',
    podsSummary: ({ detail }) =>
      `cannot be scheduled: the fitting nodes have a taint${
        detail.taint ? ` (${detail.taint})` : ''
      } that the pods do not tolerate`,
    explanation: ({ detail }) =>
      `The nodes that would fit carry ${
        detail.taint ? `the taint ${detail.taint}` : 'a taint'
      }, which keeps away every pod that does not tolerate it, and the pods of this pool do not.`,
    remedy: cause =>
      `Add a toleration for ${word(
        cause,
        'taint',
        'the taint (often nvidia.com/gpu)',
      )} to ${templateOf(
        cause,
      )}.tolerations of this pool; pools do not share their template.`,
    findInPod: unschedulableBy('untolerated-taint'),
  },
  {
    id: 'anti-affinity-unsatisfied',
    severity: 'Critical',
    step: 'scheduling',
    title: 'Anti-affinity needs more nodes than there are',
    podsSummary:
      'cannot be scheduled: required anti-affinity or spread leaves no node',
    explanation:
      'A required anti-affinity rule or topology spread constraint asks for more separate nodes than the cluster has for this pool.',
    remedy: cause =>
      `Use preferredDuringSchedulingIgnoredDuringExecution instead of required… in ${templateOf(
        cause,
      )}.affinity.podAntiAffinity, or add nodes.`,
    findInPod: unschedulableBy('anti-affinity-unsatisfied'),
  },
  {
    id: 'volume-not-bound',
    severity: 'Critical',
    step: 'scheduling',
    title: 'The model volume is not available',
    podsSummary: ({ detail }) =>
      detail.claim
        ? `cannot start: the volume claim ${detail.claim} is not usable`
        : 'cannot start: a volume claim is not bound or cannot be mounted on this node',
    explanation:
      'The volume with the model does not exist, is not bound, or can be mounted on one node only while both pools need it.',
    remedy: ({ detail }) =>
      `Create the PersistentVolumeClaim ${
        detail.claim ?? 'named in spec.model.uri (pvc://…)'
      } in this namespace, with access mode ReadWriteMany or ReadOnlyMany: both pools mount it.`,
    findInPod(pod, pool, facts) {
      const placed = unschedulableBy('volume-not-bound')(pod, pool, facts);
      if (placed || pod.ready) {
        return placed;
      }
      const event = podEvents(pod, facts).find(
        ({ reason, message }) =>
          /^Failed(?:Mount|AttachVolume)$/.test(reason) &&
          /Multi-Attach error for volume|persistentvolumeclaim "[^"]+" not found/i.test(
            message,
          ),
      );
      const claim = /persistentvolumeclaim "([^"]+)"/i.exec(
        event?.message ?? '',
      )?.[1];
      return event && !hasStarted(pod)
        ? inPod(pod, [fromEvent(event)], { detail: { claim } })
        : undefined;
    },
  },
  {
    id: 'device-allocation-failed',
    severity: 'Critical',
    step: 'scheduling',
    title: 'The node refused the device',
    podsSummary: ({ detail }) =>
      `could not start: the node refused ${
        detail.device ?? 'the requested device'
      }`,
    explanation:
      'The scheduler placed the pod, but the kubelet of that node could not hand out the device (a GPU or NIC without health, or a device plugin that does not answer). A new pod is made each time, so many failed pods may be left.',
    remedy: ({ detail }) =>
      `On ${
        detail.node ? `node ${detail.node}` : 'the node'
      } restart the device plugin and check the GPU or NIC; cordon the node until it is healthy.`,
    findInPod(pod, _, facts) {
      const refused =
        /^(?:UnexpectedAdmissionError|TopologyAffinityError)$/.test(
          pod.reason,
        ) && pod.ended;
      const event = podEvents(pod, facts).find(
        ({ reason }) => reason === 'UnexpectedAdmissionError',
      );
      if (!refused && !(event && !pod.ready && !hasStarted(pod))) {
        return undefined;
      }
      const text = pod.message || event?.message || pod.reason;
      return inPod(
        pod,
        [evidence('ContainerStatus', `Pod/${pod.name}`, text, event?.at)],
        {
          detail: {
            device:
              /(?:cannot allocate unhealthy devices|requested number of devices unavailable for) ([\w./-]+\w)/.exec(
                text,
              )?.[1],
            node: pod.node,
          },
        },
      );
    },
  },
  {
    id: 'scheduling-gated',
    severity: 'Info',
    step: 'scheduling',
    title: 'Held back by a queue',
    podsSummary: 'are held back by scheduling gates',
    explanation:
      'A queue (such as Kueue) holds the pods until it admits the workload.',
    remedy:
      "Look at the queue's Workload object for this service; nothing needs to change in the service.",
    findInPod(pod, _, facts) {
      const condition = findCondition(pod.conditions, 'PodScheduled');
      if (condition?.reason !== 'SchedulingGated' || pod.node) {
        return undefined;
      }
      const age = ageOf(facts, pod.createdAt) ?? 0;
      return inPod(pod, [fromCondition(`Pod/${pod.name}`, condition)], {
        severity:
          age > facts.thresholds.schedulingGated ? 'Warning' : undefined,
      });
    },
  },
];

function hasStarted(pod: Pod): boolean {
  return pod.containers.some(
    ({ state, last }) =>
      state?.kind === 'running' || state?.kind === 'terminated' || last,
  );
}
