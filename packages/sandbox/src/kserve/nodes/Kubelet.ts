import { Node, Pod, RESOURCES } from '../kinds';
import { PlayContext } from '../PlayContext';
import { PodRun } from './PodRun';

/** Runs the pods of all nodes of a cluster. */
export class Kubelet {
  private readonly runs = new Map<string, PodRun>();

  constructor(private readonly context: PlayContext) {}

  /** To be told of every change of a pod. */
  note(type: string, pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const run = this.runs.get(uid);
    if (type === 'DELETED') {
      run?.stop();
      this.runs.delete(uid);
      this.context.logs.forget(pod.metadata.namespace ?? '', pod.metadata.name);
    } else if (pod.metadata.deletionTimestamp) {
      run?.terminate();
    } else if (!run && pod.spec.nodeName && this.isScheduled(pod)) {
      this.start(uid, pod, pod.spec.nodeName);
    }
  }

  /** The run of a pod, while it lives. */
  runOf(pod: Pod): PodRun | undefined {
    return this.runs.get(pod.metadata.uid ?? '');
  }

  stop(): void {
    this.runs.forEach(run => run.stop());
    this.runs.clear();
  }

  private start(uid: string, pod: Pod, nodeName: string): void {
    const node = this.context.store.get(RESOURCES.node, nodeName) as
      | Node
      | undefined;
    if (!node) {
      return;
    }
    const run = new PodRun(this.context, pod, node);
    this.runs.set(uid, run);
    const refusal = this.context.faults.nodeRefusal(pod);
    run.begin();
    if (refusal) {
      this.context.events.record(pod, {
        type: 'Warning',
        ...refusal,
        component: 'kubelet',
        host: nodeName,
      });
      run.fail(refusal.reason, refusal.message);
    }
  }

  private isScheduled(pod: Pod): boolean {
    return (
      pod.status?.phase === 'Pending' &&
      pod.status.conditions.some(
        condition =>
          condition.type === 'PodScheduled' && condition.status === 'True',
      )
    );
  }
}
