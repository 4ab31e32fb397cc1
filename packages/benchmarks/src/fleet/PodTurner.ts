import type { createClusterStore } from 'sandbox';
import { sharedNow } from './World';
import type { Change } from './World';

type Store = ReturnType<typeof createClusterStore>;
type Pod = NonNullable<ReturnType<Store['get']>>;

interface Turned {
  store: Store;
  namespace: string;
  name: string;
  /** The pod that is turned. */
  pod: string;
  pods: number;
  isReady: boolean;
}

/** Lets one prefill pod of each service become ready and not ready, as the kubelet would report it. */
export class PodTurner {
  readonly #services = new Map<string, Turned>();
  readonly #order: string[] = [];
  #next = 0;

  add(store: Store, service: { namespace: string; name: string }): void {
    const pods = store
      .list('pods', service.namespace)
      .filter(({ metadata: { labels } }) =>
        isPrefill(labels ?? {}, service.name),
      );
    if (pods.length === 0) {
      throw new Error(`${service.name} has no prefill pods`);
    }
    this.#services.set(service.name, {
      store,
      ...service,
      pod: pods[0].metadata.name,
      pods: pods.length,
      isReady: true,
    });
    this.#order.push(service.name);
  }

  /** @throws Error where there is no such service */
  turn(service: string, ready: boolean): Change {
    const turned = this.#services.get(service);
    if (!turned) throw new Error(`There is no service ${service}`);
    const { store, pod, namespace, pods } = turned;
    const before = store.get('pods', pod, namespace);
    if (!before) throw new Error(`The pod ${pod} is gone`);
    store.updateStatus('pods', withReadiness(before, ready));
    turned.isReady = ready;
    return { service, ready: ready ? pods : pods - 1, at: sharedNow() };
  }

  /** Turns the service whose turn it is. */
  turnNext(): Change {
    const service = this.#order[this.#next % this.#order.length];
    this.#next += 1;
    return this.turn(service, !this.#services.get(service)?.isReady);
  }
}

function isPrefill(labels: Record<string, string>, service: string): boolean {
  return (
    labels['app.kubernetes.io/name'] === service &&
    labels['app.kubernetes.io/component'] ===
      'llminferenceservice-workload-prefill'
  );
}

function withReadiness(pod: Pod, ready: boolean): Pod {
  const status = pod.status as {
    conditions?: Array<{ type: string; status: string }>;
    containerStatuses?: Array<{ ready: boolean }>;
  };
  const now = new Date().toISOString();
  return {
    ...pod,
    status: {
      ...status,
      conditions: status.conditions?.map(condition =>
        condition.type === 'Ready' || condition.type === 'ContainersReady'
          ? {
              ...condition,
              status: ready ? 'True' : 'False',
              lastTransitionTime: now,
            }
          : condition,
      ),
      containerStatuses: status.containerStatuses?.map(container => ({
        ...container,
        ready,
      })),
    },
  };
}
