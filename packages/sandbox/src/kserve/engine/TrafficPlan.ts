import { KubeObject } from '../../cluster/ClusterStore';
import { FaultBook } from '../../faults/FaultBook';
import { HEALTHY_TRAFFIC, Traffic, TrafficChange } from './traffic';

const DEFAULT_REQUESTS_PER_SECOND = 2;

/** What somebody wants of the traffic of a service; the rest is ordinary. */
export type PlannedTraffic = TrafficChange & {
  /** Requests per second over the whole service. */
  requestsPerSecond?: number;
};

/** How much traffic each service of a cluster gets, and how it runs. */
export class TrafficPlan {
  private readonly plans = new Map<string, PlannedTraffic>();

  constructor(private readonly faults: FaultBook) {}

  /** Turns the traffic of a service up, down, or into another way. */
  set(
    service: { namespace: string; name: string },
    change: PlannedTraffic,
  ): void {
    this.plans.set(`${service.namespace}/${service.name}`, change);
  }

  /** Traffic of the service that an object belongs to; faults go over plans. */
  of({ metadata }: KubeObject): Traffic {
    const namespace = metadata.namespace ?? '';
    const name = metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name;
    return {
      requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
      ...HEALTHY_TRAFFIC,
      ...this.plans.get(`${namespace}/${name}`),
      ...this.faults.traffic(namespace, name),
    };
  }
}
