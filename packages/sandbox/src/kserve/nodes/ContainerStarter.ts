import { Container, ContainerStatus } from '../kinds';
import { PlayContext } from '../PlayContext';
import { backOffSeconds, goDuration } from './containerRun';
import { STEP_SECONDS } from './durations';
import { missingConfiguration } from './missingConfiguration';
import { ContainerExit, PodBoard } from './PodBoard';
import { Timers } from './Timers';

const CONFIG_RETRY_SECONDS = 15;
const PULL_RETRY_SECONDS = 60;

/** Pulls, creates, starts and restarts the containers of a pod, or says why it cannot. */
export class ContainerStarter {
  constructor(
    private readonly context: PlayContext,
    private readonly board: PodBoard,
    private readonly timers: Timers,
  ) {}

  /** Starts a container; `run` is called when it runs. */
  start(
    container: Container,
    status: ContainerStatus,
    isRestart: boolean,
    run: () => void,
  ): void {
    const { faults, store } = this.context;
    const { pod } = this.board;
    const again = () => this.start(container, status, isRestart, run);
    const pullError = faults.pullError(pod, container);
    if (pullError) {
      this.failPull(container, status, pullError);
      this.timers.after(PULL_RETRY_SECONDS, again);
      return;
    }
    const missing =
      faults.configError(pod, container.name) ??
      missingConfiguration(store, pod, container);
    if (missing) {
      status.state = {
        waiting: { reason: 'CreateContainerConfigError', message: missing },
      };
      this.board.say('Warning', 'Failed', `Error: ${missing}`, container.name);
      this.board.publish();
      this.timers.after(CONFIG_RETRY_SECONDS, again);
      return;
    }
    const image = container.image ?? '';
    this.timers.after(isRestart ? 0 : STEP_SECONDS.pull, () => {
      this.board.say(
        'Normal',
        'Pulled',
        isRestart
          ? `Container image "${image}" already present on machine`
          : `Successfully pulled image "${image}"`,
        container.name,
      );
      this.board.started(container, status, isRestart);
      run();
    });
  }

  /** A container has ended on its own: it waits its back-off and is started again. */
  crash(
    container: Container,
    status: ContainerStatus,
    exit: ContainerExit,
    restart: () => void,
  ): void {
    this.board.terminated(container, status, exit);
    const wait = backOffSeconds(status.restartCount);
    const { name, namespace, uid } = this.board.pod.metadata;
    const path = `${name}_${namespace}(${uid})`;
    this.timers.after(1, () => {
      status.state = {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${goDuration(wait)} restarting failed container=${
            container.name
          } pod=${path}`,
        },
      };
      this.board.say(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${path}`,
        container.name,
      );
      this.board.publish();
    });
    this.timers.after(wait, restart);
  }

  /** A probe has given a container up: it is killed and started again at once. */
  kill(
    container: Container,
    status: ContainerStatus,
    probe: 'startup' | 'liveness',
    restart: () => void,
  ): void {
    this.board.say(
      'Normal',
      'Killing',
      `Container ${container.name} failed ${probe} probe, will be restarted`,
      container.name,
    );
    this.board.terminated(container, status, {
      exitCode: 137,
      reason: 'Error',
      lines: [],
    });
    this.timers.after(2, restart);
  }

  private failPull(
    container: Container,
    status: ContainerStatus,
    error: string,
  ): void {
    const { name, image = '' } = container;
    const say = (type: 'Normal' | 'Warning', reason: string, text: string) =>
      this.board.say(type, reason, text, name);
    say('Normal', 'Pulling', `Pulling image "${image}"`);
    say('Warning', 'Failed', `Failed to pull image "${image}": ${error}`);
    say('Warning', 'Failed', 'Error: ErrImagePull');
    say('Normal', 'BackOff', `Back-off pulling image "${image}"`);
    say('Warning', 'Failed', 'Error: ImagePullBackOff');
    status.state = {
      waiting: {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}": ErrImagePull: ${error}`,
      },
    };
    this.board.publish();
  }
}
