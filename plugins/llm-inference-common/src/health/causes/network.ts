import { findCondition } from '../../resource/conditions';
import { MAIN_CONTAINER } from '../../resource/containers';
import type { ClusterEvent } from '../../resource/event';
import {
  NETWORKS_ANNOTATION,
  readAttachedNetworks,
} from '../../resource/networkAttachments';
import type { Pod } from '../../resource/pod';
import { parseUcxTransports } from '../../resource/ucxTransports';
import { ageOf, enginePools, type Facts } from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { evidence } from '../quote';
import { hasSandbox, scheduledAt } from '../stages/shortage';
import type { CauseDefinition, Detail, Finding } from './CauseDefinition';
import { fromEvent, inPod, specOf, word } from './words';

const NETWORK_REASONS =
  /^(?:NoNetworkFound|FailedCreatePodSandBox|FailedCreatePodSandbox|FailedSync|NetworkNotReady)$/;

/** Events about the network of a pod that has no network yet; once it has, they are history. */
function networkEvents(pod: Pod, facts: Facts): ClusterEvent[] {
  if (!pod.node || pod.ended || pod.ready || hasSandbox(pod) === true) {
    return [];
  }
  const started = pod.containers.some(
    ({ state, last }) => state?.kind === 'running' || last,
  );
  return started
    ? []
    : podEvents(pod, facts).filter(({ reason }) =>
        NETWORK_REASONS.test(reason),
      );
}

/** Finds one pattern in the network events of a pod. */
function networkEvent(
  pattern: RegExp,
  detail: (match: RegExpExecArray) => Detail = () => ({}),
) {
  return (pod: Pod, _: unknown, facts: Facts): Finding | undefined => {
    for (const event of networkEvents(pod, facts)) {
      const match = pattern.exec(event.message);
      if (match) {
        return inPod(pod, [fromEvent(event)], {
          detail: { node: pod.node, ...detail(match) },
        });
      }
    }
    return undefined;
  };
}

/** Names of cluster networks: the wrapper text names multus also when it is these that failed. */
const CLUSTER_NETWORK =
  /^(?:cbr0|ovn-kubernetes|openshift-sdn|k8s-pod-network|calico|canal|antrea|cilium|cilium-cni|flannel|kindnet|weave|aws-cni|azure|gke-pod-network|multus-cni-network|default)$/;

const ADDING_FAILED = /error adding container to network "([^"]+)":/gi;
const PLUGIN_FAILED =
  /\b(multus|sriov|macvlan|ipvlan|host-device|ib-sriov|rdma)\b[^\n]*(?:failed \(add\)|delegateAdd|CmdAdd)/i;

/** Networks that pods are attached to beside the cluster's. */
export const networkCauses: CauseDefinition[] = [
  {
    id: 'network-attachment-missing',
    severity: 'Critical',
    step: 'network',
    title: ({ detail }) => `Network attachment ${detail.attachment} is missing`,
    podsSummary: ({ detail }) =>
      `cannot get their network: no network attachment ${detail.attachment} in namespace ${detail.namespace}`,
    explanation: ({ detail }) =>
      `The pods ask for the network attachment ${detail.attachment} in their annotation ${NETWORKS_ANNOTATION}, and namespace ${detail.namespace} has none of that name.`,
    remedy: cause =>
      `Create the NetworkAttachmentDefinition ${word(
        cause,
        'attachment',
        '',
      )} in namespace ${word(
        cause,
        'namespace',
        '',
      )} (with an SR-IOV operator: set networkNamespace of the SriovNetwork), or name an existing one as namespace/name in ${NETWORKS_ANNOTATION}: under metadata.annotations for both pools, under ${specOf(
        cause,
      )}.annotations for this one.`,
    findInPod: networkEvent(
      /cannot find a network-attachment-definition \(([^)]+)\) in namespace \(([^)]+)\)/i,
      ([, attachment, namespace]) => ({ attachment, namespace }),
    ),
  },
  {
    id: 'secondary-network-ip-exhausted',
    severity: 'Critical',
    step: 'network',
    title: 'The RDMA network has no free IP address',
    podsSummary: 'cannot get their network: no free IP address in its range',
    explanation:
      'The address range of the additional network is used up. Reservations that were never given back count too.',
    remedy:
      'Enlarge the range under ipam in the network attachment, or remove stale reservations (whereabouts: the IPPool and OverlappingRangeIPReservation objects).',
    findInPod: networkEvent(
      /Could not allocate IP in range: ip: \S+ \/ - \S+ \/ range: |no IP addresses available in (?:range set|network)|failed to allocate .*\bIP|spiderpool IP allocation error/i,
    ),
  },
  {
    id: 'cni-plugin-missing',
    severity: 'Critical',
    step: 'network',
    title: ({ detail }) => `CNI plugin ${detail.plugin} is not on the node`,
    podsSummary: ({ detail }) =>
      `cannot get their network: the CNI plugin ${
        detail.plugin
      } is not installed on ${detail.node ?? 'the node'}`,
    explanation: ({ detail }) =>
      `The network needs the plugin binary ${detail.plugin}, and the node does not have it.`,
    remedy: ({ detail }) =>
      `Install the CNI plugin ${detail.plugin} on ${
        detail.node ? `node ${detail.node}` : 'the nodes concerned'
      } in ${detail.path ?? 'the directory of CNI plugins'}.`,
    findInPod: networkEvent(
      /failed to find plugin "([^"]+)" in path \[([^\]]+)\]/i,
      ([, plugin, path]) => ({
        plugin,
        path: path
          .trim()
          .split(/[\s:]+/)
          .join(' or '),
        paths: path
          .trim()
          .split(/[\s:]+/)
          .join(', '),
      }),
    ),
  },
  {
    id: 'secondary-network-failed',
    severity: 'Critical',
    step: 'network',
    title: 'The additional network could not be attached',
    podsSummary: ({ detail }) =>
      `cannot get their network: attaching ${
        detail.network ?? 'the additional network'
      } failed on ${detail.node ?? 'the node'}`,
    explanation:
      'Attaching the second network of the pod failed on that node; the quoted event says why.',
    remedy:
      'Follow the quoted reason: a free virtual function, the name of the parent interface, deviceType and spoofChk of the SR-IOV policy are the usual ones.',
    findInPod(pod, _, facts) {
      for (const event of networkEvents(pod, facts)) {
        const named = [...event.message.matchAll(ADDING_FAILED)].map(
          ([, name]) => name,
        );
        const network = named.find(
          name => !CLUSTER_NETWORK.test(name.replace(/^.*\//, '')),
        );
        const failed =
          network !== undefined ||
          (named.length === 0 && PLUGIN_FAILED.test(event.message));
        if (failed) {
          return inPod(pod, [fromEvent(event)], {
            detail: { network, node: pod.node },
          });
        }
      }
      return undefined;
    },
  },
  {
    id: 'sandbox-stuck',
    severity: 'Warning',
    step: 'network',
    title: 'The pod gets no network',
    podsSummary: ({ detail }) =>
      `were scheduled but got no network sandbox for ${detail.minutes} minutes`,
    explanation:
      'The pods have a node, but the node did not set up their network, and no event says why.',
    remedy: ({ detail }) =>
      `Look at the CNI logs and the kubelet of ${
        detail.node ? `node ${detail.node}` : 'the node'
      }.`,
    findInPod(pod, _, facts) {
      const age = ageOf(facts, scheduledAt(pod)) ?? 0;
      const asked = NETWORKS_ANNOTATION in pod.annotations;
      const events = networkEvents(pod, facts);
      if (
        pod.phase !== 'Pending' ||
        !pod.node ||
        hasSandbox(pod) !== false ||
        age <= facts.thresholds.sandboxStuck ||
        isWaitingForVolume(pod, facts) ||
        (!asked && events.length === 0)
      ) {
        return undefined;
      }
      const condition =
        findCondition(pod.conditions, 'PodReadyToStartContainers') ??
        findCondition(pod.conditions, 'PodHasNetwork');
      return inPod(
        pod,
        [
          evidence(
            'Condition',
            `Pod/${pod.name}`,
            `${condition?.type}=${condition?.status}`,
            condition?.transitionAt,
          ),
          ...events.slice(0, 1).map(fromEvent),
        ],
        {
          detail: { node: pod.node, minutes: String(Math.floor(age / 60)) },
        },
      );
    },
  },
  {
    id: 'rdma-device-not-attached',
    severity: 'Warning',
    step: 'network',
    title: 'The RDMA interface is not in the pod',
    podsSummary: 'run without their RDMA interface',
    explanation:
      'The pods ask for an RDMA device and an additional network, but only the cluster network is attached. KV blocks then travel over it, or not at all.',
    remedy: cause =>
      `Check that the annotation ${NETWORKS_ANNOTATION} is on the right level (metadata.annotations or ${specOf(
        cause,
      )}.annotations), and that resource and network belong to the same device plugin: rdma/roce_gdr and openshift.io/<name> are different ones.`,
    findInService(facts) {
      return enginePools(facts).flatMap(pool => {
        if (!pool.engine?.devices.some(({ kind }) => kind === 'rdma')) {
          return [];
        }
        return pool.current.flatMap(pod => {
          const sign = notAttached(pod, facts);
          return sign
            ? [
                inPod(pod, [sign], {
                  pool: pool.name,
                  severity: cannotFallBack(
                    pool.engine?.environment.get('UCX_TLS')?.value,
                    facts,
                  )
                    ? 'Critical'
                    : undefined,
                }),
              ]
            : [];
        });
      });
    },
  },
];

/** The kubelet mounts volumes before it sets up the network. */
function isWaitingForVolume(pod: Pod, facts: Facts): boolean {
  return podEvents(pod, facts).some(({ reason }) =>
    /^Failed(?:Mount|AttachVolume)$/.test(reason),
  );
}

const NO_HCA = /\[Infer RoCE\] No active HCAs found/;

function notAttached(pod: Pod, facts: Facts) {
  const asked = pod.annotations[NETWORKS_ANNOTATION];
  if (pod.phase !== 'Running' || !asked) {
    return undefined;
  }
  const attached = readAttachedNetworks(pod.annotations);
  if (attached && attached.every(({ isDefault }) => isDefault)) {
    return evidence(
      'Spec',
      `Pod/${pod.name}`,
      `network-status: ${
        attached.map(({ name }) => name).join(', ') || 'empty'
      }; asked for: ${asked}`,
    );
  }
  const line = facts.logs
    .read(pod.name, MAIN_CONTAINER)
    ?.find(text => NO_HCA.test(text));
  return line ? evidence('Log', `Pod/${pod.name}`, line) : undefined;
}

/** Whether UCX may use nothing but RDMA, and decode says that it cannot. */
function cannotFallBack(list: string | undefined, facts: Facts): boolean {
  const transports = parseUcxTransports(list);
  return (
    transports !== undefined &&
    !transports.tcp &&
    facts.decode.current.some(pod =>
      facts.logs
        .read(pod.name, MAIN_CONTAINER)
        ?.some(line => /\bUCX\s+ERROR\b/.test(line)),
    )
  );
}
