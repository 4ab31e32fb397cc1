import { KubeObject, StoreEvent } from '../cluster/ClusterStore';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { FaultBook } from '../faults/FaultBook';
import { SandboxClock } from './clock/SandboxClock';
import { EngineLogs } from './engine/EngineLogs';
import { EngineProxy } from './engine/EngineProxy';
import { EngineMeters } from './engine/metrics/EngineMeters';
import { ServicePods } from './engine/ServicePods';
import { TrafficPlan } from './engine/TrafficPlan';
import { EventRecorder } from './EventRecorder';
import { GatewayController } from './gateway/GatewayController';
import { Pod, RESOURCES } from './kinds';
import { Kubelet } from './nodes/Kubelet';
import { PodScheduler } from './nodes/PodScheduler';
import { controllerOf } from './owners';
import { PlayContext } from './PlayContext';
import { ServiceController } from './service/ServiceController';
import { DeploymentController } from './workloads/DeploymentController';
import { LeaderWorkerSetController } from './workloads/LeaderWorkerSetController';
import { ReplicaSetController } from './workloads/ReplicaSetController';
import { WorkQueue } from './WorkQueue';

const GATEWAY_DELAY_MS = 2000;

/**
 * Plays everything that acts in a cluster with KServe over its store: the LLMInferenceService
 * controller, the controllers of Deployments, ReplicaSets and LeaderWorkerSets, the gateway, the
 * scheduler and the kubelets.
 */
export class Player {
  readonly context: PlayContext;
  readonly kubelet: Kubelet;
  readonly engines: EngineProxy;
  readonly meters: EngineMeters;
  readonly pods: ServicePods;
  private readonly queue: WorkQueue;
  private readonly scheduler: PodScheduler;
  private readonly services: ServiceController;
  private readonly gateways: GatewayController;
  private readonly reconcilers: Record<string, (object: KubeObject) => void>;
  private readonly unsubscribe: () => void;
  private isSuspended = false;

  constructor(store: MemoryClusterStore, clock: SandboxClock) {
    const faults = new FaultBook();
    this.context = {
      store,
      clock,
      events: new EventRecorder(store, clock),
      faults,
      logs: new EngineLogs(clock),
      traffic: new TrafficPlan(faults),
    };
    this.pods = new ServicePods(store);
    this.meters = new EngineMeters(clock, this.pods, this.context.traffic);
    this.engines = new EngineProxy(this.pods, this.meters);
    this.queue = new WorkQueue(clock, (key, error) => this.failed(key, error));
    this.services = new ServiceController(this.context);
    this.gateways = new GatewayController(this.context);
    this.kubelet = new Kubelet(this.context);
    this.scheduler = new PodScheduler(this.context, () =>
      this.queue.add('scheduler', () => this.scheduler.schedule()),
    );
    const ask = (resource: string) => (object: KubeObject) =>
      this.ask(resource, object);
    const deployments = new DeploymentController(
      this.context,
      ask(RESOURCES.deployment),
    );
    const replicaSets = new ReplicaSetController(
      this.context,
      ask(RESOURCES.replicaSet),
    );
    const sets = new LeaderWorkerSetController(
      this.context,
      ask(RESOURCES.leaderWorkerSet),
    );
    this.reconcilers = {
      [RESOURCES.service]: ({ metadata }) =>
        this.services.reconcile(metadata.namespace, metadata.name),
      [RESOURCES.deployment]: ({ metadata }) =>
        deployments.reconcile(metadata.namespace, metadata.name),
      [RESOURCES.replicaSet]: ({ metadata }) =>
        replicaSets.reconcile(metadata.namespace, metadata.name),
      [RESOURCES.leaderWorkerSet]: ({ metadata }) =>
        sets.reconcile(metadata.namespace, metadata.name),
      [RESOURCES.httpRoute]: ({ metadata }) =>
        this.gateways.reconcile(metadata.namespace ?? '', metadata.name),
    };
    this.unsubscribe = store.subscribe(event => this.note(event));
  }

  /** Asks a controller to look at an object again. */
  ask(resource: string, object: KubeObject): void {
    const reconcile = this.reconcilers[resource];
    if (reconcile) {
      const { namespace, name } = object.metadata;
      this.queue.add(`${resource}/${namespace}/${name}`, () =>
        reconcile(object),
      );
    }
  }

  /** Lets everybody look at a service and its children again, after something outside of it changed. */
  wake(service: KubeObject): void {
    const { store } = this.context;
    this.ask(RESOURCES.service, service);
    const visit = (object: KubeObject) => {
      for (const ref of store.owners.dependentsOf(object.metadata.uid ?? '')) {
        const child = store.get(ref.resource, ref.name, ref.namespace);
        if (child) {
          this.ask(ref.resource, child);
          visit(child);
        }
      }
    };
    visit(service);
    this.reschedule();
  }

  /** Tries to place what waits for room. */
  reschedule(): void {
    this.queue.add('scheduler', () => this.scheduler.schedule());
  }

  /** Writes without anybody acting on it, for objects that come as they are to stay. */
  quietly(write: () => void): void {
    this.isSuspended = true;
    try {
      write();
    } finally {
      this.isSuspended = false;
    }
  }

  /** Ends the play; what the store holds stays as it is. */
  stop(): void {
    this.unsubscribe();
    this.pods.stop();
    this.queue.stop();
    this.kubelet.stop();
    this.context.clock.stop();
  }

  private note({ type, resource, object }: StoreEvent): void {
    if (this.isSuspended) {
      return;
    }
    if (resource === RESOURCES.pod) {
      this.scheduler.note(type, object as Pod);
      this.kubelet.note(type, object as Pod);
    }
    if (resource === RESOURCES.node) {
      this.reschedule();
    }
    if (resource === RESOURCES.persistentVolumeClaim) {
      this.reschedule();
    }
    if (resource === RESOURCES.serviceConfig) {
      this.context.store
        .list(RESOURCES.service)
        .forEach(service => this.ask(RESOURCES.service, service));
    }
    if (resource === RESOURCES.httpRoute && type !== 'DELETED') {
      this.context.clock.setTimeout(
        () => this.ask(RESOURCES.httpRoute, object),
        GATEWAY_DELAY_MS,
      );
    } else if (type !== 'DELETED') {
      this.ask(resource, object);
    }
    this.askOwner(object);
    this.askLeaderWorkerSet(object);
  }

  /** A worker can outlive the StatefulSet between it and its LeaderWorkerSet. */
  private askLeaderWorkerSet({ metadata }: KubeObject): void {
    const name = metadata.labels?.['leaderworkerset.sigs.k8s.io/name'];
    const set =
      name &&
      this.context.store.get(
        RESOURCES.leaderWorkerSet,
        name,
        metadata.namespace,
      );
    if (set) {
      this.ask(RESOURCES.leaderWorkerSet, set);
    }
  }

  private askOwner(object: KubeObject): void {
    const owner = controllerOf(object);
    const ref = owner && this.context.store.owners.find(owner.uid);
    if (!ref) {
      return;
    }
    const found = this.context.store.get(ref.resource, ref.name, ref.namespace);
    if (!found) {
      return;
    }
    if (this.reconcilers[ref.resource]) {
      this.ask(ref.resource, found);
    } else {
      // A StatefulSet or a leader pod: the LeaderWorkerSet above decides.
      this.askOwner(found);
    }
  }

  private failed(key: string, error: unknown): void {
    const [resource, namespace, name] = key.split('/');
    const object = this.context.store.get(resource, name, namespace);
    const message = error instanceof Error ? error.message : String(error);
    if (object && resource === RESOURCES.service) {
      this.services.recordError(object, message);
    } else if (object) {
      this.context.events.record(object, {
        type: 'Warning',
        reason: 'FailedReconcile',
        message,
        component: 'sandbox',
      });
    }
  }
}
