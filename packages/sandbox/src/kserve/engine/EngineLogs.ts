import { Clock } from '../../cluster/ClusterStore';
import { ContainerRef, LogLine } from '../../kubernetes/pods/PodSources';

/** Lines kept per run of a container; a kubelet rotates, too. */
const LINES_KEPT = 5000;

interface ContainerLog {
  current: LogLine[];
  previous?: LogLine[];
  listeners: Set<(line: LogLine) => void>;
}

/** The logs of all containers of a cluster: the present run of each, and the one before. */
export class EngineLogs {
  private readonly logs = new Map<string, ContainerLog>();

  constructor(private readonly clock: Clock) {}

  /** Writes lines as the container would. */
  append(ref: ContainerRef, lines: string[]): void {
    const log = this.logOf(ref);
    for (const text of lines) {
      const line = { at: this.clock.now(), text };
      log.current.push(line);
      log.listeners.forEach(listener => listener(line));
    }
    if (log.current.length > LINES_KEPT) {
      log.current.splice(0, log.current.length - LINES_KEPT);
    }
  }

  /** Starts the log of a new run; what was there becomes the previous one. */
  startRun(ref: ContainerRef): void {
    const log = this.logOf(ref);
    if (log.current.length > 0) {
      log.previous = log.current;
      log.current = [];
    }
  }

  /** Lines of a container's present run, or of the run before. */
  read(ref: ContainerRef, run: 'current' | 'previous' = 'current'): LogLine[] {
    const log = this.logs.get(keyOf(ref));
    return [...((run === 'current' ? log?.current : log?.previous) ?? [])];
  }

  /** Calls with each new line. Returns the way to stop it. */
  follow(ref: ContainerRef, listener: (line: LogLine) => void): () => void {
    const log = this.logOf(ref);
    log.listeners.add(listener);
    return () => log.listeners.delete(listener);
  }

  /** Drops the logs of a pod that is gone. */
  forget(namespace: string, pod: string): void {
    const prefix = `${namespace}/${pod}/`;
    for (const key of [...this.logs.keys()]) {
      if (key.startsWith(prefix)) {
        this.logs.delete(key);
      }
    }
  }

  private logOf(ref: ContainerRef): ContainerLog {
    const key = keyOf(ref);
    let log = this.logs.get(key);
    if (!log) {
      log = { current: [], listeners: new Set() };
      this.logs.set(key, log);
    }
    return log;
  }
}

function keyOf({ namespace, pod, container }: ContainerRef): string {
  return `${namespace}/${pod}/${container}`;
}
