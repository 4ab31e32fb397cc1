import { KubeObject } from '../cluster/ClusterStore';
import { Moment } from '../kserve/engine/startLines';
import { Condition, Container, Pod } from '../kserve/kinds';
import { SandboxTrouble } from '../kserve/nodes/sandboxTrouble';
import { LlmInferenceService } from '../kserve/service/serviceSpec';

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
  /** It was healthy and does not answer its readiness probe any more. */
  | { kind: 'unready'; message: (pod: Pod) => string };

/** Why a route or a pool is not accepted. */
export interface Rejection {
  reason: string;
  message: string;
}

/** How the traffic of a service behaves while a fault plays. */
export interface TrafficChange {
  /** Share of requests that the scheduler sends through prefill. */
  disaggregatedShare?: number;
  /** Share of those whose KV cache decode really pulls. */
  transferShare?: number;
  /** Bytes per second that a transfer reaches. */
  bytesPerSecond?: number;
  /** Share of transfers that fail. */
  failureShare?: number;
  /** KV blocks that expire on prefill before they are pulled, per request. */
  expiredShare?: number;
}

/** One entry of the table of faults: an id of the contract and how a cluster comes to show it. */
export interface Fault {
  id: string;
  /** What it is, for a person. */
  title: string;
  /** What it strikes where the caller does not say. */
  targets: FaultTarget[];
  /** The manifest is edited as a person would edit it wrongly; clearing takes the edit back. */
  manifest?: (
    service: LlmInferenceService,
    targets: FaultTarget[],
  ) => LlmInferenceService;
  /** Other objects that the fault brings into the namespace, and takes away again. */
  objects?: (service: LlmInferenceService) => { resource: string; object: KubeObject }[];
  /** The API server refuses pods. */
  refuse?: (pod: Pod) => string;
  /** The controller refuses to reconcile: reason and message of the error. */
  reconcileError?: (service: LlmInferenceService) => Rejection;
  /** No node has such a resource left. */
  withhold?: RegExp;
  /** The node refuses the pod after it was scheduled. */
  nodeRefusal?: (pod: Pod) => Rejection;
  sandbox?: (pod: Pod) => SandboxTrouble;
  /** The second network is not attached although it was asked for. */
  detached?: true;
  /** Registry's answer to pulling a container's image. */
  pullError?: (container: Container) => string;
  /** Why a container cannot be configured. */
  configError?: (pod: Pod) => string;
  /** What goes wrong with which container. */
  container?: { name: string; trouble: (pod: Pod) => ContainerTrouble };
  /** Lines that containers write besides their own. */
  logs?: {
    container: string;
    moment: Moment;
    lines: (pod: Pod, now: Date) => string[];
  }[];
  route?: (route: KubeObject) => Rejection;
  pool?: (pool: KubeObject) => Rejection;
  /** The gateway itself is not programmed. */
  gateway?: Rejection;
  traffic?: TrafficChange;
  /** The pods end as a whole. */
  end?: (pod: Pod) => Rejection & { condition?: Condition };
  /** The nodes under the pods are lost. */
  losesNodes?: true;
  /**
   * How it comes over pods that are already there: they are made anew, their containers restart, or
   * it shows on them as they are.
   */
  strikes: 'recreate' | 'restart' | 'running' | 'nothing';
}
