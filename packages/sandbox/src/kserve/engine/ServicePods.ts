import { KubeObject } from '../../cluster/ClusterStore';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { serviceOf, targetOf } from '../../faults/FaultBook';
import { Pod, RESOURCES } from '../kinds';
import { isReady } from '../workloads/podState';

/** The ready pods of a service by what they do. */
export interface ReadyPods {
  decode: Pod[];
  prefill: Pod[];
  scheduler: Pod[];
}

/** Which pods belong to which service, kept from the store's events. */
export class ServicePods {
  private readonly pods = new Map<string, Map<string, Pod>>();
  private readonly unsubscribe: () => void;

  constructor(store: MemoryClusterStore) {
    this.unsubscribe = store.subscribe(({ type, resource, object }) => {
      if (resource === RESOURCES.pod) {
        this.note(type === 'DELETED', object as Pod);
      }
    });
  }

  /** All pods of the service that an object belongs to. */
  of(object: KubeObject): Pod[] {
    return [...(this.pods.get(keyOf(object))?.values() ?? [])];
  }

  /** Pods that serve: of a multi-node pool only the leaders do. */
  readyOf(object: KubeObject): ReadyPods {
    const ready: ReadyPods = { decode: [], prefill: [], scheduler: [] };
    for (const pod of this.of(object)) {
      const target = targetOf(pod);
      const serves =
        target === 'scheduler' ||
        pod.metadata.labels?.['kserve.io/component'] === 'workload';
      if (target && serves && isReady(pod)) {
        ready[target].push(pod);
      }
    }
    return ready;
  }

  stop(): void {
    this.unsubscribe();
  }

  private note(isGone: boolean, pod: Pod): void {
    const key = keyOf(pod);
    const pods = this.pods.get(key) ?? new Map<string, Pod>();
    if (isGone) {
      pods.delete(pod.metadata.uid ?? '');
    } else {
      pods.set(pod.metadata.uid ?? '', pod);
    }
    if (pods.size > 0) {
      this.pods.set(key, pods);
    } else {
      this.pods.delete(key);
    }
  }
}

function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return `${namespace}/${serviceOf(object) ?? name}`;
}
