import { KubeObject } from '../cluster/ClusterStore';
import { TrafficChange } from '../kserve/engine/traffic';
import { Container, Pod } from '../kserve/kinds';
import { SandboxTrouble } from '../kserve/nodes/sandboxTrouble';
import { ContainerTrouble, Fault, FaultTarget, Rejection } from './Fault';

/** A fault that plays on a service. */
export interface ActiveFault {
  fault: Fault;
  targets: FaultTarget[];
  /** The service as it was, where the fault edited its manifest. */
  original?: KubeObject;
  /** The pod that a fault on a single one has chosen. */
  chosen?: string;
}

/** Which faults play on which service of a cluster; the players ask it before each step. */
export class FaultBook {
  private readonly active = new Map<string, Map<string, ActiveFault>>();

  add(namespace: string, name: string, entry: ActiveFault): void {
    const key = `${namespace}/${name}`;
    const faults = this.active.get(key) ?? new Map<string, ActiveFault>();
    faults.set(entry.fault.id, entry);
    this.active.set(key, faults);
  }

  remove(namespace: string, name: string, id: string): ActiveFault | undefined {
    const faults = this.active.get(`${namespace}/${name}`);
    const entry = faults?.get(id);
    faults?.delete(id);
    return entry;
  }

  /** Faults of one service. */
  of(namespace: string | undefined, name: string | undefined): ActiveFault[] {
    return [...(this.active.get(`${namespace}/${name}`)?.values() ?? [])];
  }

  /** Everything that plays, by service. */
  all() {
    return [...this.active].flatMap(([key, faults]) => {
      const [namespace, name] = key.split('/');
      return [...faults.values()].map(({ fault, targets }) => ({
        namespace,
        name,
        id: fault.id,
        targets,
      }));
    });
  }

  admitted(pod: Pod): Pod {
    return this.on(pod).reduce(
      (changed, fault) => fault.admit?.(changed) ?? changed,
      pod,
    );
  }

  refusal(pod: Pod): string | undefined {
    return this.first(pod, fault => fault.refuse?.(pod));
  }

  reconcileError(service: KubeObject): Rejection | undefined {
    return this.firstOf(service, fault => fault.reconcileError);
  }

  scalingError(service: KubeObject): Rejection | undefined {
    return this.firstOf(service, fault => fault.scalingError);
  }

  withheldFrom(pod: Pod): (resource: string) => boolean {
    const patterns = this.on(pod).flatMap(fault => fault.withhold ?? []);
    return resource => patterns.some(pattern => pattern.test(resource));
  }

  nodeClause(pod: Pod): string | undefined {
    return this.first(pod, fault => fault.nodeClause);
  }

  unplaceable(pod: Pod): string | undefined {
    return this.first(pod, fault => fault.unplaceable);
  }

  nodeRefusal(pod: Pod): Rejection | undefined {
    return this.first(pod, fault => fault.nodeRefusal);
  }

  sandboxTrouble(pod: Pod): SandboxTrouble | undefined {
    return this.first(pod, fault => fault.sandbox?.(pod));
  }

  isDetached(pod: Pod): boolean {
    return this.on(pod).some(fault => fault.detached);
  }

  isWithoutGid(pod: Pod): boolean {
    return this.on(pod).some(fault => fault.withoutGid);
  }

  isNodeLost(pod: Pod): boolean {
    return this.on(pod).some(fault => fault.losesNode);
  }

  pullError(pod: Pod, container: Container): string | undefined {
    return container.name === 'main'
      ? this.first(pod, fault => fault.pullError?.(container))
      : undefined;
  }

  configError(pod: Pod, container: string): string | undefined {
    return container === 'main'
      ? this.first(pod, fault => fault.configError)
      : undefined;
  }

  containerTrouble(
    pod: Pod,
    container: string,
    now: Date,
  ): ContainerTrouble | undefined {
    return this.first(pod, fault =>
      fault.container?.name === container
        ? fault.container.trouble(pod, now)
        : undefined,
    );
  }

  /** What a serving container writes besides its own lines. */
  logLines(pod: Pod, container: string, now: Date): string[] {
    return this.on(pod)
      .flatMap(fault => fault.logs ?? [])
      .filter(entry => entry.container === container)
      .flatMap(entry => entry.lines(pod, now));
  }

  routeRejection(route: KubeObject): Rejection | undefined {
    return this.firstOf(route, fault => fault.route);
  }

  poolRejection(pool: KubeObject): Rejection | undefined {
    return this.firstOf(pool, fault => fault.pool);
  }

  traffic(namespace: string, name: string): TrafficChange {
    return Object.assign(
      {},
      ...this.of(namespace, name).map(({ fault }) => fault.traffic),
    );
  }

  private on(pod: Pod): Fault[] {
    const target = targetOf(pod);
    return this.of(pod.metadata.namespace, serviceOf(pod))
      .filter(
        entry =>
          target && entry.targets.includes(target) && this.meets(entry, pod),
      )
      .map(({ fault }) => fault);
  }

  /** A fault on a single pod stays with the first that it meets. */
  private meets(entry: ActiveFault, pod: Pod): boolean {
    if (!entry.fault.single) {
      return true;
    }
    entry.chosen ??= pod.metadata.uid;
    return entry.chosen === pod.metadata.uid;
  }

  private first<T>(
    pod: Pod,
    ask: (fault: Fault) => T | undefined,
  ): T | undefined {
    for (const fault of this.on(pod)) {
      const answer = ask(fault);
      if (answer !== undefined) {
        return answer;
      }
    }
    return undefined;
  }

  /** For objects of a service that are no pods. */
  private firstOf<T>(
    object: KubeObject,
    ask: (fault: Fault) => T | undefined,
  ): T | undefined {
    const name = serviceOf(object) ?? object.metadata.name;
    for (const { fault } of this.of(object.metadata.namespace, name)) {
      const answer = ask(fault);
      if (answer !== undefined) {
        return answer;
      }
    }
    return undefined;
  }
}

/** Name of the service that an object belongs to. */
export function serviceOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.['app.kubernetes.io/name'];
}

/** Which part of its service a pod is. */
export function targetOf(pod: Pod): FaultTarget | undefined {
  const component = pod.metadata.labels?.['app.kubernetes.io/component'];
  if (!component) {
    return undefined;
  }
  if (component.endsWith('router-scheduler')) {
    return 'scheduler';
  }
  return component.endsWith('-prefill') ? 'prefill' : 'decode';
}
