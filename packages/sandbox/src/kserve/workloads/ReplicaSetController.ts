import { timestamp } from '../../cluster/objectMetadata';
import { WantedCondition, withTransitions } from '../conditions';
import { Pod, ReplicaSet, RESOURCES } from '../kinds';
import { ownedBy } from '../owners';
import { PlayContext } from '../PlayContext';
import { admitPod, AdmissionError } from './admitPod';
import { newPod } from './newPod';
import { isActive, isReady } from './podState';

const RETRY_MS = 15_000;
const FAILED_BACKOFF_MS = 30_000;
const FAILED_PODS_KEPT = 5;

/** Keeps as many pods of a ReplicaSet as it asks for. */
export class ReplicaSetController {
  constructor(
    private readonly context: PlayContext,
    private readonly askAgain: (replicaSet: ReplicaSet) => void,
  ) {}

  reconcile(namespace: string | undefined, name: string): void {
    const { store } = this.context;
    const replicaSet = store.get(RESOURCES.replicaSet, name, namespace) as
      | ReplicaSet
      | undefined;
    if (!replicaSet || replicaSet.metadata.deletionTimestamp) {
      return;
    }
    const owned = ownedBy<Pod>(store, replicaSet, RESOURCES.pod);
    const failure = this.mustWait(replicaSet, owned)
      ? undefined
      : this.adjust(replicaSet, owned.filter(isActive));
    this.report(replicaSet, failure);
  }

  /** Pods that fail as soon as they are made are not replaced at once, and only the last are kept. */
  private mustWait(replicaSet: ReplicaSet, owned: Pod[]): boolean {
    const { store, clock } = this.context;
    const failed = owned
      .filter(pod => pod.status?.phase === 'Failed')
      .sort((a, b) => ageOf(b).localeCompare(ageOf(a)));
    failed
      .slice(FAILED_PODS_KEPT)
      .forEach(({ metadata }) =>
        store.delete(RESOURCES.pod, metadata.name, metadata.namespace),
      );
    const [latest] = failed;
    if (!latest) {
      return false;
    }
    const wait = FAILED_BACKOFF_MS - clock.playSince(new Date(ageOf(latest)));
    if (wait > 0) {
      clock.setTimeout(() => this.askAgain(replicaSet), wait);
    }
    return wait > 0;
  }

  private adjust(
    replicaSet: ReplicaSet,
    pods: Pod[],
  ): AdmissionError | undefined {
    const { events } = this.context;
    for (let count = pods.length; count < replicaSet.spec.replicas; count++) {
      try {
        const pod = this.create(replicaSet);
        events.record(replicaSet, {
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `Created pod: ${pod.metadata.name}`,
          component: 'replicaset-controller',
        });
      } catch (error) {
        if (!(error instanceof AdmissionError)) {
          throw error;
        }
        events.record(replicaSet, {
          type: 'Warning',
          reason: 'FailedCreate',
          message: `Error creating: ${error.message}`,
          component: 'replicaset-controller',
        });
        this.context.clock.setTimeout(
          () => this.askAgain(replicaSet),
          RETRY_MS,
        );
        return error;
      }
    }
    for (const pod of inDeletionOrder(pods).slice(
      0,
      Math.max(0, pods.length - replicaSet.spec.replicas),
    )) {
      this.context.store.delete(
        RESOURCES.pod,
        pod.metadata.name,
        pod.metadata.namespace,
      );
      events.record(replicaSet, {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
        component: 'replicaset-controller',
      });
    }
    return undefined;
  }

  private create(replicaSet: ReplicaSet): Pod {
    const pod = admitPod(
      this.context,
      newPod(replicaSet, replicaSet.spec.template, {
        generateName: `${replicaSet.metadata.name}-`,
      }),
    );
    return this.context.store.create(RESOURCES.pod, pod) as Pod;
  }

  private report(replicaSet: ReplicaSet, failure?: AdmissionError): void {
    const { store, clock } = this.context;
    const pods = ownedBy<Pod>(store, replicaSet, RESOURCES.pod).filter(
      isActive,
    );
    const ready = pods.filter(isReady).length;
    const conditions: WantedCondition[] = failure
      ? [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: failure.message,
          },
        ]
      : [];
    store.updateStatus(RESOURCES.replicaSet, {
      ...replicaSet,
      status: {
        replicas: pods.length,
        ...(pods.length ? { fullyLabeledReplicas: pods.length } : {}),
        ...(ready ? { readyReplicas: ready, availableReplicas: ready } : {}),
        observedGeneration: replicaSet.metadata.generation,
        ...(conditions.length
          ? {
              conditions: withTransitions(
                conditions,
                replicaSet.status?.conditions,
                timestamp(clock.now()),
              ),
            }
          : {}),
      },
    });
  }
}

/** Pods that are not scheduled go first, then those that are not ready, then the youngest. */
function inDeletionOrder(pods: Pod[]): Pod[] {
  const rank = (pod: Pod) =>
    (pod.spec.nodeName ? 1 : 0) + (isReady(pod) ? 2 : 0);
  return [...pods].sort(
    (a, b) => rank(a) - rank(b) || ageOf(b).localeCompare(ageOf(a)),
  );
}

function ageOf(pod: Pod): string {
  return pod.metadata.creationTimestamp ?? '';
}
