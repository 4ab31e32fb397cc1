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
  readonly #turns = new Map<string, number>();
  #order: string[] | undefined;

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
    this.#order = undefined;
  }

  /** @throws Error where there is no such service */
  turn(service: string, ready: boolean): Change {
    const turned = this.#services.get(service);
    if (!turned) throw new Error(`There is no service ${service}`);
    const { store, pod, namespace, pods } = turned;
    const before = store.get('pods', pod, namespace);
    if (!before) throw new Error(`The pod ${pod} is gone`);
    const at = sharedNow();
    store.updateStatus('pods', withReadiness(before, ready));
    turned.isReady = ready;
    return {
      service,
      pod,
      isReady: ready,
      ready: ready ? pods : pods - 1,
      at,
    };
  }

  /** Names of all services, those of different clusters in turns. */
  get services(): readonly string[] {
    this.#order ??= inTurns([...this.#services]);
    return this.#order;
  }

  /** Lets the kubelet look at the pod of the service whose turn it is, and say that all is as it was. */
  reportNext(): Change {
    const service = this.#nextOf('report', this.services);
    const turned = this.#services.get(service)!;
    const { store, pod, namespace, pods, isReady } = turned;
    const before = store.get('pods', pod, namespace)!;
    const at = sharedNow();
    store.updateStatus('pods', withProbeTime(before));
    return { service, pod, isReady, ready: isReady ? pods : pods - 1, at };
  }

  /** Turns the service whose turn it is among these, which have a name as a group. */
  turnNext(group: string, among: readonly string[]): Change {
    const service = this.#nextOf(group, among);
    return this.turn(service, !this.#services.get(service)?.isReady);
  }

  /** Lets every pod be ready again. */
  heal(): void {
    for (const [service, { isReady }] of this.#services) {
      if (!isReady) this.turn(service, true);
    }
  }

  #nextOf(group: string, among: readonly string[]): string {
    const turn = this.#turns.get(group) ?? 0;
    this.#turns.set(group, turn + 1);
    return among[turn % among.length];
  }
}

/** One of each cluster, then the second of each, and so on: changes come from everywhere. */
function inTurns(services: Array<[string, Turned]>): string[] {
  const places = new Map<Store, number>();
  return services
    .map(([name, { store }]) => {
      const place = places.get(store) ?? 0;
      places.set(store, place + 1);
      return { name, place };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ name }) => name);
}

function isPrefill(labels: Record<string, string>, service: string): boolean {
  return (
    labels['app.kubernetes.io/name'] === service &&
    labels['app.kubernetes.io/component'] ===
      'llminferenceservice-workload-prefill'
  );
}

let probes = 0;

/** No two reports are the same, or the API server would not tell of the second. */
function withProbeTime(pod: Pod): Pod {
  const status = pod.status as { conditions?: object[] };
  probes += 1;
  const lastProbeTime = new Date(Date.now() + probes).toISOString();
  return {
    ...pod,
    status: {
      ...status,
      conditions: status.conditions?.map(condition => ({
        ...condition,
        lastProbeTime,
      })),
    },
  };
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
