import { Condition, Container, Pod } from '../kserve/kinds';
import { SandboxTrouble } from '../kserve/nodes/sandboxTrouble';
import { LlmInferenceService } from '../kserve/service/serviceSpec';
import { TrafficChange } from '../kserve/engine/traffic';

/** Parts of a service that a fault can strike. */
export type FaultTarget = 'decode' | 'prefill' | 'scheduler';

/** What goes wrong with a container. */
export type ContainerTrouble =
  /** It ends on its own, again and again. */
  | {
      kind: 'exit';
      /** Seconds of play that it runs before. */
      afterSeconds: number;
      exitCode: number;
      reason: 'Error' | 'OOMKilled';
      /** Its last lines. */
      lines: string[];
    }
  /** It runs and never gets done or healthy. */
  | { kind: 'hang' }
  /** It was healthy and does not answer its readiness probe any more; without a message nobody says so. */
  | { kind: 'unready'; message?: string };

/** Why something is not accepted, in a condition's words. */
export interface Rejection {
  reason: string;
  message: string;
}

/** How a fault comes over what is already there. */
export type Strike =
  /** The pods are made anew. */
  | 'recreate'
  /** The workloads are made anew, from the edited manifest. */
  | 'redeploy'
  /** The containers end now and are started again. */
  | 'restart'
  /** It shows on the pods as they run. */
  | 'running'
  /** The pods end as a whole. */
  | 'end'
  /** Controllers find it by themselves. */
  | 'reconcile';

/** One entry of the table of faults: an id of the contract and how a cluster comes to show it. */
export interface Fault {
  id: string;
  /** What it is, for a person. */
  title: string;
  /** What it strikes where the caller does not say. */
  targets: FaultTarget[];
  strikes: Strike;
  /** Why it cannot be played on a service; undefined where it can. */
  unfit?: (service: LlmInferenceService) => string | undefined;
  /** Strikes one pod of the targets only. */
  single?: true;
  /** The manifest is edited as a person would edit it wrongly; clearing takes the edit back. */
  manifest?: (
    service: LlmInferenceService,
    targets: FaultTarget[],
  ) => LlmInferenceService;
  /** Pods are changed on their way in, as a webhook changes them. */
  admit?: (pod: Pod) => Pod;
  /** The API server refuses pods. */
  refuse?: (pod: Pod) => string;
  /** The controller cannot reconcile. */
  reconcileError?: Rejection;
  /** The autoscaler cannot work. */
  scalingError?: Rejection;
  /** No node has such a resource left. */
  withhold?: RegExp;
  /** Every node that would fit turns the pod down with this clause. */
  nodeClause?: string;
  /** The pod cannot be placed anywhere, for a reason that is no node's. */
  unplaceable?: string;
  /** The node refuses the pod after it was scheduled. */
  nodeRefusal?: Rejection;
  sandbox?: (pod: Pod) => SandboxTrouble;
  /** The second network is not attached although it was asked for. */
  detached?: true;
  /** The RoCE device in the pod has no address of the right kind. */
  withoutGid?: true;
  /** The registry's answer to pulling the image of `main`. */
  pullError?: (container: Container) => string;
  /** Why `main` cannot be configured. */
  configError?: string;
  /** What goes wrong with which container. */
  container?: {
    name: string;
    trouble: (pod: Pod, now: Date) => ContainerTrouble | undefined;
  };
  /** Lines that a serving container writes now and again. */
  logs?: { container: string; lines: (pod: Pod, now: Date) => string[] };
  route?: Rejection;
  pool?: Rejection;
  /** The gateway itself is not programmed. */
  gateway?: Rejection;
  traffic?: TrafficChange;
  /** With what the pods end. */
  end?: Rejection & { condition?: Omit<Condition, 'lastTransitionTime'> };
  /** The nodes under the pods do not answer. */
  losesNode?: true;
}
