import { timestamp } from '../../cluster/objectMetadata';
import { servingLines } from '../engine/servingLines';
import { Traffic } from '../engine/traffic';
import { Moment, startLines } from '../engine/startLines';
import {
  Condition,
  Container,
  ContainerStatus,
  Node,
  Pod,
  PodStatus,
  RESOURCES,
} from '../kinds';
import { PlayContext } from '../PlayContext';
import {
  containerId,
  imageId,
  terminationMessage,
  waitingStatus,
} from './containerRun';
import { podAddress } from './network';

/** How a container ended. */
export interface ContainerExit {
  exitCode: number;
  reason: string;
  /** What it wrote last. */
  lines: string[];
}

/** What the kubelet tells the world about one pod: its status, events and logs. */
export class PodBoard {
  readonly init: ContainerStatus[];
  readonly main: ContainerStatus[];
  phase = 'Pending';
  hasSandbox = false;
  failure?: { reason: string; message: string };
  /** Over what the log of the present run says that transfers go. */
  private toldFabric?: Traffic['fabric'];
  private readonly conditions = new Map<string, Condition>();
  private readonly startTime: string;

  constructor(
    private readonly context: PlayContext,
    readonly pod: Pod,
    private readonly node: Node,
  ) {
    this.startTime = this.now();
    const waiting = pod.spec.initContainers?.length
      ? 'PodInitializing'
      : 'ContainerCreating';
    this.init = (pod.spec.initContainers ?? []).map(container =>
      waitingStatus(container, 'PodInitializing'),
    );
    this.main = pod.spec.containers.map(container =>
      waitingStatus(container, waiting),
    );
    for (const condition of pod.status?.conditions ?? []) {
      this.conditions.set(condition.type, condition);
    }
  }

  get nodeName(): string {
    return this.node.metadata.name;
  }

  get statuses(): ContainerStatus[] {
    return [...this.init, ...this.main];
  }

  now(): string {
    return timestamp(this.context.clock.now());
  }

  /** The pod as it is stored, as long as it is. */
  current(): Pod | undefined {
    const { name, namespace, uid } = this.pod.metadata;
    const current = this.context.store.get(RESOURCES.pod, name, namespace);
    return current?.metadata.uid === uid ? (current as Pod) : undefined;
  }

  refTo(container: Container) {
    return {
      namespace: this.pod.metadata.namespace ?? '',
      pod: this.pod.metadata.name,
      container: container.name,
    };
  }

  /** An event about a container. */
  say(
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    container: string,
  ): void {
    const kind = this.init.some(status => status.name === container)
      ? 'initContainers'
      : 'containers';
    this.context.events.record(this.pod, {
      type,
      reason,
      message,
      component: 'kubelet',
      host: this.nodeName,
      fieldPath: `spec.${kind}{${container}}`,
    });
  }

  /** Lets a container write what it writes at a point of its life. */
  write(container: Container, moment: Moment): void {
    this.context.logs.append(
      this.refTo(container),
      startLines(this.pod, container, moment, this.context),
    );
  }

  /** Lets the containers that serve write what they write under load; under no less than so much. */
  writeServing(leastPerSecond = 0): void {
    const { clock, faults, logs, traffic } = this.context;
    const now = clock.now();
    const planned = traffic.of(this.pod);
    const flow = {
      ...planned,
      requestsPerSecond: Math.max(planned.requestsPerSecond, leastPerSecond),
    };
    for (const container of [
      ...(this.pod.spec.initContainers ?? []),
      ...this.pod.spec.containers,
    ]) {
      const lines = servingLines(
        this.pod,
        container,
        flow,
        now,
        flow.fabric !== this.toldFabric,
      );
      if (container.name === 'main' && lines.length > 0) {
        this.toldFabric = flow.fabric;
      }
      logs.append(this.refTo(container), [
        ...lines,
        ...faults.logLines(this.pod, container.name, now),
      ]);
    }
  }

  started(
    container: Container,
    status: ContainerStatus,
    isRestart: boolean,
  ): void {
    const { name } = container;
    if (name === 'main') {
      this.toldFabric = undefined;
    }
    if (isRestart) {
      status.restartCount += 1;
      this.context.logs.startRun(this.refTo(container));
    }
    this.say('Normal', 'Created', `Created container: ${name}`, name);
    this.say('Normal', 'Started', `Started container ${name}`, name);
    status.imageID = imageId(container.image ?? '');
    status.containerID = containerId(this.pod, name, status.restartCount);
    status.state = { running: { startedAt: this.now() } };
    status.started = container.startupProbe === undefined;
    this.write(container, 'started');
    this.publish();
  }

  terminated(
    container: Container,
    status: ContainerStatus,
    exit: ContainerExit,
  ): void {
    const ref = this.refTo(container);
    this.context.logs.append(ref, exit.lines);
    const lines = this.context.logs.read(ref).map(line => line.text);
    const terminated = {
      exitCode: exit.exitCode,
      reason: exit.reason,
      ...terminationMessage(container, exit.exitCode, lines),
      startedAt: status.state.running?.startedAt ?? this.now(),
      finishedAt: this.now(),
      containerID: status.containerID ?? '',
    };
    const isDone = exit.exitCode === 0;
    status.state = { terminated };
    status.lastState = isDone ? status.lastState : { terminated };
    status.ready = isDone;
    status.started = false;
    this.publish();
  }

  setCondition(condition: Condition): void {
    this.conditions.set(condition.type, condition);
  }

  /** Writes the status as it is now. */
  publish(): void {
    const current = this.current();
    if (!current) {
      return;
    }
    this.updateConditions();
    const address = podAddress(this.pod);
    const status: PodStatus = {
      phase: this.phase,
      qosClass: this.pod.status?.qosClass,
      ...this.failure,
      hostIP: this.node.status.addresses?.[0]?.address,
      startTime: this.startTime,
      ...(this.hasSandbox ? { podIP: address, podIPs: [{ ip: address }] } : {}),
      conditions: [...this.conditions.values()],
      ...(this.init.length
        ? { initContainerStatuses: this.init.map(entry => ({ ...entry })) }
        : {}),
      containerStatuses: this.main.map(entry => ({ ...entry })),
    };
    this.context.store.updateStatus(RESOURCES.pod, { ...current, status });
  }

  private updateConditions(): void {
    const incomplete = this.init
      .filter((status, index) => !this.isInitialized(status, index))
      .map(status => status.name);
    const unready = [
      ...this.main,
      ...this.init.filter(status => status.state.running && status.started),
    ]
      .filter(status => !status.ready)
      .map(status => status.name);
    this.judge('PodReadyToStartContainers', this.hasSandbox);
    this.judge('Initialized', incomplete.length === 0, {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${incomplete.join(' ')}]`,
    });
    const isReady = unready.length === 0 && this.phase === 'Running';
    const why = {
      reason: this.failure ? 'PodFailed' : 'ContainersNotReady',
      message: `containers with unready status: [${unready.join(' ')}]`,
    };
    const isLost = this.context.faults.isNodeLost(this.pod);
    this.judge(
      'Ready',
      isReady && !isLost,
      isLost ? { reason: 'NodeNotReady' } : why,
    );
    this.judge('ContainersReady', isReady, why);
  }

  /** A sidecar counts once it runs, any other init container once it is done. */
  private isInitialized(status: ContainerStatus, index: number): boolean {
    const isSidecar =
      this.pod.spec.initContainers?.[index].restartPolicy === 'Always';
    return isSidecar
      ? status.state.running !== undefined || status.restartCount > 0
      : status.state.terminated?.exitCode === 0;
  }

  private judge(
    type: string,
    isTrue: boolean,
    otherwise: { reason?: string; message?: string } = {},
  ): void {
    const status = isTrue ? 'True' : 'False';
    const before = this.conditions.get(type);
    this.conditions.set(type, {
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime:
        before?.status === status ? before.lastTransitionTime : this.now(),
      ...(isTrue ? {} : otherwise),
    });
  }
}
