import {
  Condition,
  Container,
  ContainerStatus,
  Node,
  Pod,
  RESOURCES,
} from '../kinds';
import { PlayContext } from '../PlayContext';
import { ContainerStarter } from './ContainerStarter';
import { downloadSeconds, STEP_SECONDS } from './durations';
import {
  NETWORK_STATUS,
  networkStatus,
  missingNetwork,
  wantedNetworks,
} from './network';
import { PodBoard } from './PodBoard';
import {
  livenessVerdict,
  probeFailure,
  startupBudgetSeconds,
  startupPlan,
} from './probes';
import { multusFailure, SandboxTrouble } from './sandboxTrouble';
import { Timers } from './Timers';

const SANDBOX_RETRY_SECONDS = 15;
const FIRST_PROBE_SECONDS = 15;
const PROBE_EVENT_SECONDS = 60;
const SERVING_LINES_SECONDS = 600;

/** States from which a container can be helped as soon as its trouble is over. */
const WAITING_FOR_HELP = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'CreateContainerConfigError',
];

/** The life of one pod on its node, from its sandbox to its end: what the kubelet does with it. */
export class PodRun {
  private readonly timers: Timers;
  private readonly board: PodBoard;
  private readonly starter: ContainerStarter;
  private isOver = false;
  /** How to go on with a container that hangs, once nothing keeps it. */
  private goOn?: () => void;
  private servingTurn = 0;

  constructor(
    private readonly context: PlayContext,
    private readonly pod: Pod,
    node: Node,
  ) {
    this.timers = new Timers(context.clock);
    this.board = new PodBoard(context, pod, node);
    this.starter = new ContainerStarter(context, this.board, this.timers);
  }

  /** The node has taken the pod on. */
  begin(): void {
    this.board.publish();
    this.timers.after(STEP_SECONDS.sandbox, () => this.createSandbox());
  }

  /** The pod is being deleted: its containers stop, and it is gone. */
  terminate(): void {
    if (this.isOver) {
      return;
    }
    this.stop();
    for (const { name, state } of this.board.statuses) {
      if (state.running) {
        this.board.say('Normal', 'Killing', `Stopping container ${name}`, name);
      }
    }
    this.timers.after(STEP_SECONDS.stop, () => {
      const { name, namespace } = this.pod.metadata;
      if (this.board.current()) {
        this.context.store.delete(RESOURCES.pod, name, namespace, {
          gracePeriodSeconds: 0,
        });
      }
    });
  }

  /** The pod has failed as a whole: evicted, or refused by the node. */
  fail(reason: string, message: string, condition?: Condition): void {
    this.stop();
    this.board.phase = 'Failed';
    this.board.failure = { reason, message };
    if (condition) {
      this.board.setCondition(condition);
    }
    this.board.statuses.forEach(status => {
      status.ready = false;
    });
    this.board.publish();
  }

  /** Takes up what the faults say now, without a restart where none is needed. */
  refresh(): void {
    if (this.isOver || !this.board.hasSandbox) {
      return;
    }
    const stuck = this.board.statuses.find(status =>
      WAITING_FOR_HELP.includes(status.state.waiting?.reason ?? ''),
    );
    if (stuck) {
      this.timers.cancel();
      this.resume(stuck);
    } else if (this.goOn) {
      this.timers.cancel();
      this.goOn();
    } else {
      this.applyReadiness();
      this.serve();
    }
  }

  /** A request of a person was answered: the engine writes of it as of any other. */
  answered(): void {
    if (!this.isOver && this.isServing()) {
      this.board.writeServing(1);
    }
  }

  /** Lets the main container meet its trouble now, as a crash of its own would. */
  crashMain(): void {
    const index = this.board.main.findIndex(status => status.name === 'main');
    if (this.board.main[index]?.state.running) {
      this.timers.cancel();
      this.runMain(index, true);
    }
  }

  /** Forgets everything that is still to come. */
  stop(): void {
    this.isOver = true;
    this.timers.cancel();
  }

  private resume(status: ContainerStatus): void {
    const initIndex = this.board.init.indexOf(status);
    if (initIndex >= 0) {
      this.startInit(initIndex, true);
    } else {
      this.startMain(this.board.main.indexOf(status), true);
    }
  }

  private createSandbox(): void {
    const trouble = this.sandboxTrouble();
    if (trouble) {
      for (const { reason, message, component } of trouble.events) {
        this.context.events.record(this.pod, {
          type: 'Warning',
          reason,
          message,
          component,
          ...(component === 'kubelet' ? { host: this.board.nodeName } : {}),
        });
      }
      this.timers.after(SANDBOX_RETRY_SECONDS, () => this.createSandbox());
      return;
    }
    this.attachNetworks();
    this.board.hasSandbox = true;
    this.board.publish();
    this.startInit(0, false);
  }

  private sandboxTrouble(): SandboxTrouble | undefined {
    const missing = missingNetwork(this.context.store, this.pod);
    return (
      this.context.faults.sandboxTrouble(this.pod) ??
      (missing && multusFailure(this.pod, missing))
    );
  }

  private attachNetworks(): void {
    const wanted = wantedNetworks(this.pod);
    const current = this.board.current();
    if (wanted.length === 0 || !current) {
      return;
    }
    const attached = this.context.faults.isDetached(this.pod) ? [] : wanted;
    this.context.store.update(RESOURCES.pod, {
      ...current,
      metadata: {
        ...current.metadata,
        annotations: {
          ...current.metadata.annotations,
          [NETWORK_STATUS]: networkStatus(this.pod, attached),
        },
      },
    });
    for (const network of attached) {
      this.context.events.record(this.pod, {
        type: 'Normal',
        reason: 'AddedInterface',
        message: `Add ${network.interface} from ${network.namespace}/${network.name}`,
        component: 'multus',
      });
    }
  }

  private startInit(index: number, isRestart: boolean): void {
    const container = this.pod.spec.initContainers?.[index];
    if (!container) {
      this.board.main.forEach((_, position) => this.startMain(position, false));
      return;
    }
    const status = this.board.init[index];
    this.starter.start(container, status, isRestart, () => {
      if (container.restartPolicy === 'Always') {
        this.timers.after(STEP_SECONDS.sidecarReady, () => {
          status.ready = true;
          this.board.publish();
        });
        this.startInit(index + 1, false);
      } else {
        this.runInit(container, status, index);
      }
    });
  }

  private runInit(
    container: Container,
    status: ContainerStatus,
    index: number,
  ): void {
    const trouble = this.troubleOf(container);
    this.goOn = undefined;
    if (trouble?.kind === 'hang') {
      this.goOn = () => this.runInit(container, status, index);
      return;
    }
    if (trouble?.kind === 'exit') {
      this.timers.after(trouble.afterSeconds, () =>
        this.starter.crash(container, status, trouble, () =>
          this.startInit(index, true),
        ),
      );
      return;
    }
    this.timers.after(downloadSeconds(container), () => {
      this.board.write(container, 'finished');
      this.board.terminated(container, status, {
        exitCode: 0,
        reason: 'Completed',
        lines: [],
      });
      this.startInit(index + 1, false);
    });
  }

  private startMain(index: number, isRestart: boolean): void {
    this.starter.start(
      this.pod.spec.containers[index],
      this.board.main[index],
      isRestart,
      () => this.runMain(index, false),
    );
  }

  private runMain(index: number, atOnce: boolean): void {
    const container = this.pod.spec.containers[index];
    const status = this.board.main[index];
    const trouble = this.troubleOf(container);
    const restart = () => this.startMain(index, true);
    this.board.phase = 'Running';
    this.board.publish();
    if (trouble?.kind === 'exit') {
      this.timers.after(atOnce ? 0 : trouble.afterSeconds, () =>
        this.starter.crash(container, status, trouble, restart),
      );
      return;
    }
    const hangs = trouble?.kind === 'hang';
    this.goOn = hangs ? () => this.runMain(index, false) : undefined;
    const plan = startupPlan(this.pod, container, hangs);
    this.reportFailedProbes(container, plan.healthyAfter);
    if (plan.killedAfter !== undefined) {
      this.timers.after(plan.killedAfter, () =>
        this.starter.kill(container, status, 'startup', restart),
      );
      return;
    }
    this.timers.after(plan.healthyAfter, () => {
      status.started = true;
      this.board.write(container, 'ready');
      this.applyReadiness();
      this.serve();
      this.watchLiveness(container, status, restart);
    });
  }

  private reportFailedProbes(container: Container, healthyAfter: number): void {
    const message = probeFailure(this.pod, container);
    const until = Math.min(healthyAfter, startupBudgetSeconds(container));
    for (
      let at = FIRST_PROBE_SECONDS;
      message && at < until;
      at += PROBE_EVENT_SECONDS
    ) {
      this.timers.after(at, () =>
        this.board.say('Warning', 'Unhealthy', message, container.name),
      );
    }
  }

  private watchLiveness(
    container: Container,
    status: ContainerStatus,
    restart: () => void,
  ): void {
    const verdict = livenessVerdict(this.pod, container);
    if (verdict) {
      this.timers.after(verdict.firstFailureAfter, () =>
        this.board.say('Warning', 'Unhealthy', verdict.message, container.name),
      );
      this.timers.after(verdict.killedAfter, () =>
        this.starter.kill(container, status, 'liveness', restart),
      );
    }
  }

  /** Ready as the probes would say, unless a fault keeps a running container from answering. */
  private applyReadiness(): void {
    this.board.main.forEach((status, index) => {
      if (!status.state.running || !status.started) {
        return;
      }
      const trouble = this.troubleOf(this.pod.spec.containers[index]);
      if (trouble?.kind === 'unready' && trouble.message) {
        this.board.say('Warning', 'Unhealthy', trouble.message, status.name);
      }
      status.ready = trouble?.kind !== 'unready';
    });
    this.board.publish();
  }

  /** A serving pod writes now and again. */
  private serve(): void {
    if (!this.isServing()) {
      return;
    }
    this.servingTurn += 1;
    const turn = this.servingTurn;
    this.board.writeServing();
    this.timers.after(SERVING_LINES_SECONDS, () => {
      if (turn === this.servingTurn) {
        this.serve();
      }
    });
  }

  private isServing(): boolean {
    const main = this.board.main.find(status => status.name === 'main');
    return Boolean(main?.started && main.state.running);
  }

  private troubleOf(container: Container) {
    return this.context.faults.containerTrouble(
      this.pod,
      container.name,
      this.context.clock.now(),
    );
  }
}
