import { LabelSelector, Node, Pod, Toleration } from '../kinds';
import { amountsOf, podRequests } from './quantities';

/** Why a node does not take a pod, in the scheduler's words. */
export interface Rejection {
  reasons: string[];
  /** Whether evicting other pods could help. */
  preemptable: boolean;
}

/** What is known about a node besides the object. */
export interface NodeLoad {
  node: Node;
  used: Map<string, number>;
  pods: ReadonlyMap<string, Pod>;
}

/** Asks the scheduler's filters in their order; the first that says no ends it. */
export function rejectionOf(
  pod: Pod,
  load: NodeLoad,
  withheld: (resource: string) => boolean,
): Rejection | undefined {
  return (
    unschedulable(load) ??
    untolerated(pod, load) ??
    unselected(pod, load) ??
    insufficient(pod, load, withheld) ??
    repelled(pod, load)
  );
}

function unschedulable({ node }: NodeLoad): Rejection | undefined {
  return node.spec.unschedulable
    ? { reasons: ['node(s) were unschedulable'], preemptable: false }
    : undefined;
}

function untolerated(pod: Pod, { node }: NodeLoad): Rejection | undefined {
  const taint = node.spec.taints?.find(
    ({ key, value, effect }) =>
      effect !== 'PreferNoSchedule' &&
      !(pod.spec.tolerations ?? []).some(toleration =>
        tolerates(toleration, key, value ?? '', effect),
      ),
  );
  return taint
    ? {
        reasons: [
          `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`,
        ],
        preemptable: false,
      }
    : undefined;
}

function tolerates(
  toleration: Toleration,
  key: string,
  value: string,
  effect: string,
): boolean {
  const keyMatches = !toleration.key || toleration.key === key;
  const effectMatches = !toleration.effect || toleration.effect === effect;
  const valueMatches =
    toleration.operator === 'Exists' || (toleration.value ?? '') === value;
  return keyMatches && effectMatches && valueMatches;
}

function unselected(pod: Pod, { node }: NodeLoad): Rejection | undefined {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(pod.spec.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const terms =
    pod.spec.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const affine = !terms || terms.some(term => selects(term, labels));
  return selected && affine
    ? undefined
    : {
        reasons: ["node(s) didn't match Pod's node affinity/selector"],
        preemptable: false,
      };
}

function insufficient(
  pod: Pod,
  { node, used }: NodeLoad,
  withheld: (resource: string) => boolean,
): Rejection | undefined {
  const allocatable = amountsOf(node.status.allocatable);
  const reasons = [...podRequests(pod.spec)]
    .filter(
      ([resource, amount]) =>
        amount > 0 &&
        (withheld(resource) ||
          (used.get(resource) ?? 0) + amount >
            (allocatable.get(resource) ?? 0)),
    )
    .map(([resource]) =>
      resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`,
    );
  return reasons.length > 0 ? { reasons, preemptable: true } : undefined;
}

function repelled(pod: Pod, { pods }: NodeLoad): Rejection | undefined {
  const terms =
    pod.spec.affinity?.podAntiAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const isRepelled = terms.some(term =>
    [...pods.values()].some(
      other =>
        other.metadata.namespace === pod.metadata.namespace &&
        selects(term.labelSelector ?? {}, other.metadata.labels ?? {}),
    ),
  );
  return isRepelled
    ? {
        reasons: ["node(s) didn't match pod anti-affinity rules"],
        preemptable: true,
      }
    : undefined;
}

/** Whether a label selector selects these labels. */
export function selects(
  selector: LabelSelector,
  labels: Record<string, string>,
): boolean {
  const byLabels = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const byExpressions = (selector.matchExpressions ?? []).every(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return key in labels && values.includes(labels[key]);
        case 'NotIn':
          return !values.includes(labels[key]);
        case 'Exists':
          return key in labels;
        case 'DoesNotExist':
          return !(key in labels);
        default:
          return false;
      }
    },
  );
  return byLabels && byExpressions;
}
