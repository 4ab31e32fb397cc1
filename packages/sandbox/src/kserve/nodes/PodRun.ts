import { timestamp } from '../../cluster/objectMetadata';
import {
  Condition,
  Container,
  ContainerStatus,
  Node,
  Pod,
  PodStatus,
  RESOURCES,
} from '../kinds';
import { engineLines } from '../engine/startLines';
import { PlayContext } from '../PlayContext';
import {
  backOffSeconds,
  containerId,
  goDuration,
  imageId,
  terminationMessage,
  waitingStatus,
} from './containerRun';
import { downloadSeconds, STEP_SECONDS } from './durations';
import { missingConfiguration } from './missingConfiguration';
import {
  missingNetwork,
  NETWORK_STATUS,
  networkStatus,
  podAddress,
  wantedNetworks,
} from './network';
import { livenessVerdict, startupBudgetSeconds, startupPlan } from './probes';
import { multusFailure, SandboxTrouble } from './sandboxTrouble';

const SANDBOX_RETRY_SECONDS = 15;
const PROBE_EVENT_SECONDS = 60;

/** The life of one pod on its node, from its sandbox to its end: what the kubelet does with it. */
export class PodRun {
  private readonly timers = new Set<() => void>();
  private readonly init: ContainerStatus[];
  private readonly main: ContainerStatus[];
  private readonly conditions = new Map<string, Condition>();
  private phase = 'Pending';
  private failure?: { reason: string; message: string };
  private hasSandbox = false;
  private readonly startTime: string;
  private isOver = false;

  constructor(
    private readonly context: PlayContext,
    private readonly pod: Pod,
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

  /** The node has taken the pod on. */
  begin(): void {
    this.publish();
    this.after(STEP_SECONDS.sandbox, () => this.createSandbox());
  }

  /** The pod is being deleted: its containers stop, and it is gone. */
  terminate(): void {
    if (this.isOver) {
      return;
    }
    this.stop();
    for (const { name, state } of [...this.init, ...this.main]) {
      if (state.running) {
        this.say('Normal', 'Killing', `Stopping container ${name}`, name);
      }
    }
    this.context.clock.setTimeout(
      () => this.remove(),
      STEP_SECONDS.stop * 1000,
    );
  }

  /** The pod has failed as a whole: evicted, or refused by the node. */
  fail(reason: string, message: string, condition?: Condition): void {
    this.stop();
    this.phase = 'Failed';
    this.failure = { reason, message };
    if (condition) {
      this.conditions.set(condition.type, condition);
    }
    for (const status of [...this.init, ...this.main]) {
      status.ready = false;
    }
    this.publish();
  }

  /** Takes up what the faults say now, without a restart where none is needed. */
  refresh(): void {
    if (this.isOver || !this.hasSandbox) {
      return;
    }
    const crashed = [...this.init, ...this.main].find(
      status => status.state.waiting?.reason === 'CrashLoopBackOff',
    );
    const idle = [...this.init, ...this.main].find(status =>
      ['ImagePullBackOff', 'CreateContainerConfigError'].includes(
        status.state.waiting?.reason ?? '',
      ),
    );
    if (crashed || idle) {
      this.cancelTimers();
      this.resume((crashed ?? idle)!);
      return;
    }
    this.applyReadiness();
  }

  /** Restarts the main container as a crash of its own would. */
  crashMain(): void {
    const index = this.main.findIndex(status => status.name === 'main');
    if (index >= 0 && this.main[index].state.running) {
      this.cancelTimers();
      this.runMain(index, true);
    }
  }

  /** Forgets everything that is still to come. */
  stop(): void {
    this.isOver = true;
    this.cancelTimers();
  }

  private resume(status: ContainerStatus): void {
    const initIndex = this.init.indexOf(status);
    if (initIndex >= 0) {
      this.startInit(initIndex, true);
    } else {
      this.startMain(this.main.indexOf(status), true);
    }
  }

  private createSandbox(): void {
    const trouble = this.sandboxTrouble();
    if (trouble) {
      trouble.events.forEach(({ reason, message, component }) =>
        this.context.events.record(this.pod, {
          type: 'Warning',
          reason,
          message,
          component,
          ...(component === 'kubelet' ? { host: this.nodeName } : {}),
        }),
      );
      this.publish();
      this.after(SANDBOX_RETRY_SECONDS, () => this.createSandbox());
      return;
    }
    this.attachNetworks();
    this.hasSandbox = true;
    this.publish();
    this.startInit(0, false);
  }

  private sandboxTrouble(): SandboxTrouble | undefined {
    const played = this.context.faults.sandboxTrouble(this.pod);
    if (played) {
      return played;
    }
    const missing = missingNetwork(this.context.store, this.pod);
    return missing && multusFailure(this.pod, missing);
  }

  private attachNetworks(): void {
    const networks = this.context.faults.isDetached(this.pod)
      ? []
      : wantedNetworks(this.pod);
    if (wantedNetworks(this.pod).length === 0) {
      return;
    }
    const current = this.current();
    if (current) {
      this.context.store.update(RESOURCES.pod, {
        ...current,
        metadata: {
          ...current.metadata,
          annotations: {
            ...current.metadata.annotations,
            [NETWORK_STATUS]: networkStatus(this.pod, networks),
          },
        },
      });
    }
    for (const network of networks) {
      this.context.events.record(this.pod, {
        type: 'Normal',
        reason: 'AddedInterface',
        message: `Add ${network.interface} [192.168.100.0/24] from ${network.namespace}/${network.name}`,
        component: 'multus',
      });
    }
  }

  private startInit(index: number, isRestart: boolean): void {
    const container = this.pod.spec.initContainers?.[index];
    if (!container) {
      this.main.forEach((_, position) => this.startMain(position, false));
      return;
    }
    const status = this.init[index];
    this.prepare(container, status, isRestart, () => {
      if (container.restartPolicy === 'Always') {
        this.after(STEP_SECONDS.sidecarReady, () => {
          status.ready = true;
          this.publish();
        });
        this.startInit(index + 1, false);
        return;
      }
      this.runInit(container, status, index);
    });
  }

  private runInit(
    container: Container,
    status: ContainerStatus,
    index: number,
  ): void {
    const trouble = this.context.faults.containerTrouble(
      this.pod,
      container.name,
    );
    if (trouble?.kind === 'hang') {
      return;
    }
    if (trouble?.kind === 'exit') {
      this.after(trouble.afterSeconds, () =>
        this.crash(container, status, trouble, () =>
          this.startInit(index, true),
        ),
      );
      return;
    }
    this.after(downloadSeconds(container), () => {
      this.log(container, 'finished');
      const startedAt = status.state.running?.startedAt ?? this.now();
      status.state = {
        terminated: {
          exitCode: 0,
          reason: 'Completed',
          startedAt,
          finishedAt: this.now(),
          containerID: status.containerID ?? '',
        },
      };
      status.ready = true;
      status.started = false;
      this.publish();
      this.startInit(index + 1, false);
    });
  }

  private startMain(index: number, isRestart: boolean): void {
    const container = this.pod.spec.containers[index];
    this.prepare(container, this.main[index], isRestart, () =>
      this.runMain(index, false),
    );
  }

  private runMain(index: number, mustCrash: boolean): void {
    const container = this.pod.spec.containers[index];
    const status = this.main[index];
    const trouble = this.context.faults.containerTrouble(
      this.pod,
      container.name,
    );
    this.phase = 'Running';
    this.publish();
    if (trouble?.kind === 'exit') {
      this.after(mustCrash ? 0 : trouble.afterSeconds, () =>
        this.crash(container, status, trouble, () =>
          this.startMain(index, true),
        ),
      );
      return;
    }
    const plan = startupPlan(this.pod, container, trouble?.kind === 'hang');
    this.probeUntilReady(container, plan.healthyAfter);
    if (plan.killedAfter !== undefined) {
      this.after(plan.killedAfter, () =>
        this.killByProbe(container, status, 'startup', index),
      );
      return;
    }
    this.after(plan.healthyAfter, () => {
      status.started = true;
      this.log(container, 'ready');
      this.applyReadiness();
      this.watchLiveness(container, status, index);
    });
  }

  private probeUntilReady(container: Container, seconds: number): void {
    const message = this.probeFailure(container);
    if (!message) {
      return;
    }
    const kind = container.startupProbe ? 'Startup' : 'Readiness';
    const limit = Math.min(seconds, startupBudgetSeconds(container));
    for (let at = 15; at < limit; at += PROBE_EVENT_SECONDS) {
      this.after(at, () =>
        this.say(
          'Warning',
          'Unhealthy',
          `${kind} probe failed: ${message}`,
          container.name,
        ),
      );
    }
  }

  private probeFailure(container: Container): string | undefined {
    const probe = container.startupProbe ?? container.readinessProbe;
    const address = podAddress(this.pod);
    if (probe?.httpGet) {
      const { port, path, scheme } = probe.httpGet;
      return `Get "${(scheme ?? 'HTTP').toLowerCase()}://${address}:${port}${path}": dial tcp ${address}:${port}: connect: connection refused`;
    }
    return probe
      ? 'service unhealthy (responded with "NOT_SERVING")'
      : undefined;
  }

  private watchLiveness(
    container: Container,
    status: ContainerStatus,
    index: number,
  ): void {
    const verdict = livenessVerdict(this.pod, container);
    if (!verdict) {
      return;
    }
    this.after(verdict.firstFailureAfter, () =>
      this.say('Warning', 'Unhealthy', verdict.message, container.name),
    );
    this.after(verdict.killedAfter, () =>
      this.killByProbe(container, status, 'liveness', index),
    );
  }

  private killByProbe(
    container: Container,
    status: ContainerStatus,
    probe: 'startup' | 'liveness',
    index: number,
  ): void {
    this.say(
      'Normal',
      'Killing',
      `Container ${container.name} failed ${probe} probe, will be restarted`,
      container.name,
    );
    this.terminated(container, status, {
      exitCode: 137,
      reason: 'Error',
      lines: [],
    });
    this.publish();
    this.after(2, () => this.startMain(index, true));
  }

  /** Pulls the image and creates the container, or says why it cannot be. */
  private prepare(
    container: Container,
    status: ContainerStatus,
    isRestart: boolean,
    run: () => void,
  ): void {
    const image = container.image ?? '';
    const retry = () => this.prepare(container, status, isRestart, run);
    const pullError = this.context.faults.pullError(this.pod, container);
    if (pullError) {
      this.failPull(container, status, pullError, retry);
      return;
    }
    const missing =
      this.context.faults.configError(this.pod, container.name) ??
      missingConfiguration(this.context.store, this.pod, container);
    if (missing) {
      status.state = {
        waiting: { reason: 'CreateContainerConfigError', message: missing },
      };
      this.say('Warning', 'Failed', `Error: ${missing}`, container.name);
      this.publish();
      this.after(SANDBOX_RETRY_SECONDS, retry);
      return;
    }
    this.after(isRestart ? 0 : STEP_SECONDS.pull, () => {
      this.say(
        'Normal',
        'Pulled',
        isRestart
          ? `Container image "${image}" already present on machine`
          : `Successfully pulled image "${image}"`,
        container.name,
      );
      this.started(container, status, isRestart);
      run();
    });
  }

  private started(
    container: Container,
    status: ContainerStatus,
    isRestart: boolean,
  ): void {
    if (isRestart) {
      status.restartCount += 1;
      this.context.logs.startRun(this.refTo(container));
    }
    this.say('Normal', 'Created', `Created container: ${container.name}`, container.name);
    this.say('Normal', 'Started', `Started container ${container.name}`, container.name);
    status.imageID = imageId(container.image ?? '');
    status.containerID = containerId(
      this.pod,
      container.name,
      status.restartCount,
    );
    status.state = { running: { startedAt: this.now() } };
    status.started = container.startupProbe === undefined;
    this.log(container, 'started');
    this.publish();
  }

  private failPull(
    container: Container,
    status: ContainerStatus,
    error: string,
    retry: () => void,
  ): void {
    const image = container.image ?? '';
    const { name } = container;
    this.say('Normal', 'Pulling', `Pulling image "${image}"`, name);
    this.say('Warning', 'Failed', `Failed to pull image "${image}": ${error}`, name);
    this.say('Warning', 'Failed', 'Error: ErrImagePull', name);
    this.say('Normal', 'BackOff', `Back-off pulling image "${image}"`, name);
    this.say('Warning', 'Failed', 'Error: ImagePullBackOff', name);
    status.state = {
      waiting: {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}": ErrImagePull: ${error}`,
      },
    };
    this.publish();
    this.after(60, retry);
  }

  private crash(
    container: Container,
    status: ContainerStatus,
    exit: { exitCode: number; reason: string; lines: string[] },
    restart: () => void,
  ): void {
    this.context.logs.append(this.refTo(container), exit.lines);
    this.terminated(container, status, exit);
    this.publish();
    const wait = backOffSeconds(status.restartCount);
    const { name, namespace, uid } = this.pod.metadata;
    this.after(1, () => {
      status.state = {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${goDuration(wait)} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
        },
      };
      this.say(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${name}_${namespace}(${uid})`,
        container.name,
      );
      this.publish();
    });
    this.after(wait, restart);
  }

  private terminated(
    container: Container,
    status: ContainerStatus,
    exit: { exitCode: number; reason: string; lines: string[] },
  ): void {
    const lines = this.context.logs
      .read(this.refTo(container))
      .map(line => line.text);
    const terminated = {
      exitCode: exit.exitCode,
      reason: exit.reason,
      ...terminationMessage(container, exit.exitCode, lines),
      startedAt: status.state.running?.startedAt ?? this.now(),
      finishedAt: this.now(),
      containerID: status.containerID ?? '',
    };
    status.state = { terminated };
    status.lastState = { terminated };
    status.ready = false;
    status.started = false;
  }

  /** Ready as the probes would say, unless a fault keeps a running container from answering. */
  private applyReadiness(): void {
    this.main.forEach((status, index) => {
      if (!status.state.running || !status.started) {
        return;
      }
      const container = this.pod.spec.containers[index];
      const trouble = this.context.faults.containerTrouble(
        this.pod,
        status.name,
      );
      const isReady = trouble?.kind !== 'unready';
      if (trouble?.kind === 'unready') {
        this.say('Warning', 'Unhealthy', trouble.message(this.pod), container.name);
      }
      status.ready = isReady;
    });
    this.publish();
  }

  private publish(): void {
    const current = this.current();
    if (!current) {
      return;
    }
    this.updateConditions();
    const status: PodStatus = {
      phase: this.phase,
      qosClass: this.pod.status?.qosClass,
      ...this.failure,
      hostIP: this.node.status.addresses?.[0]?.address,
      startTime: this.startTime,
      ...(this.hasSandbox
        ? {
            podIP: podAddress(this.pod),
            podIPs: [{ ip: podAddress(this.pod) }],
          }
        : {}),
      conditions: [...this.conditions.values()],
      ...(this.init.length
        ? { initContainerStatuses: this.init.map(status => ({ ...status })) }
        : {}),
      containerStatuses: this.main.map(status => ({ ...status })),
    };
    this.context.store.updateStatus(RESOURCES.pod, { ...current, status });
  }

  private updateConditions(): void {
    const incomplete = this.init
      .filter(
        status => !status.ready && !(status.started && status.state.running),
      )
      .map(status => status.name);
    const pendingInit = this.init.filter(
      (status, index) =>
        !(
          status.state.terminated?.exitCode === 0 ||
          (this.pod.spec.initContainers?.[index].restartPolicy === 'Always' &&
            status.state.running)
        ),
    );
    const unready = [
      ...this.main,
      ...this.init.filter(status => status.state.running && status.started),
    ]
      .filter(status => !status.ready)
      .map(status => status.name);
    this.condition('PodReadyToStartContainers', this.hasSandbox);
    this.condition('Initialized', pendingInit.length === 0, {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${incomplete.join(' ')}]`,
    });
    const isReady = unready.length === 0 && this.phase === 'Running';
    const why = {
      reason: this.failure ? 'PodFailed' : 'ContainersNotReady',
      message: `containers with unready status: [${unready.join(' ')}]`,
    };
    this.condition('Ready', isReady, why);
    this.condition('ContainersReady', isReady, why);
  }

  private condition(
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

  private remove(): void {
    const current = this.current();
    if (current) {
      const { name, namespace } = current.metadata;
      this.context.store.delete(RESOURCES.pod, name, namespace, {
        gracePeriodSeconds: 0,
      });
    }
  }

  private current(): Pod | undefined {
    const { name, namespace, uid } = this.pod.metadata;
    const current = this.context.store.get(RESOURCES.pod, name, namespace);
    return current?.metadata.uid === uid ? (current as Pod) : undefined;
  }

  private log(
    container: Container,
    moment: 'started' | 'ready' | 'finished',
  ): void {
    this.context.logs.append(
      this.refTo(container),
      engineLines(this.pod, container, moment, this.context),
    );
  }

  private refTo(container: Container) {
    return {
      namespace: this.pod.metadata.namespace ?? '',
      pod: this.pod.metadata.name,
      container: container.name,
    };
  }

  private say(
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

  private after(seconds: number, work: () => void): void {
    const cancel = this.context.clock.setTimeout(() => {
      this.timers.delete(cancel);
      work();
    }, seconds * 1000);
    this.timers.add(cancel);
  }

  private cancelTimers(): void {
    this.timers.forEach(cancel => cancel());
    this.timers.clear();
  }

  private now(): string {
    return timestamp(this.context.clock.now());
  }

  private get nodeName(): string {
    return this.node.metadata.name;
  }
}
