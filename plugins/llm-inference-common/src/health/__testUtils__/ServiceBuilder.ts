import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { MetricReading, Observation } from '../Observation';
import {
  type Fixture,
  NAME,
  NAMESPACE,
  NOW,
  type Part,
  ago,
} from './fixtureBasics';
import { makeDeployment, makePod, makeReplicaSet } from './podFixtures';
import { makeResource } from './resourceFixture';
import { makeGateway, makeInferencePool, makeRoute } from './routerFixtures';

/**
 * A healthy service, two prefill pods and one decode pod, of which a scenario states only what differs. Texts
 * that a scenario adds are those of real clusters, not made up to match.
 */
export class ServiceBuilder {
  readonly resource: Fixture;
  readonly workloads: Record<Part, Fixture>;
  readonly pods: Record<Part, Fixture[]>;
  readonly replicaSets: Record<Part, Fixture[]>;
  readonly route: Fixture;
  readonly inferencePool: Fixture;
  readonly gateway: Fixture;
  /** Events, and whatever else a scenario adds. */
  readonly more: Fixture[] = [];
  readonly logs: Record<string, string> = {};
  readonly metrics: Record<string, MetricReading[]> = {};
  access: Observation['access'];
  history: Observation['history'];

  constructor(counts: { decode?: number; prefill?: number } = {}) {
    const sizes = { decode: 1, prefill: 2, scheduler: 1, ...counts };
    this.resource = makeResource(sizes);
    const parts = ['decode', 'prefill', 'scheduler'] as const;
    const make = <T>(one: (part: Part) => T) =>
      Object.fromEntries(parts.map(part => [part, one(part)])) as Record<
        Part,
        T
      >;
    this.workloads = make(part => makeDeployment(part, sizes[part]));
    this.replicaSets = make(part => [makeReplicaSet(part, sizes[part])]);
    this.pods = make(part =>
      Array.from({ length: sizes[part] }, (_, index) => makePod(part, index)),
    );
    this.route = makeRoute();
    this.inferencePool = makeInferencePool();
    this.gateway = makeGateway();
  }

  /** The observation as it stands; pods are counted into their workloads first. */
  observe(): Observation {
    for (const part of ['decode', 'prefill', 'scheduler'] as const) {
      countPods(this.workloads[part], this.pods[part]);
    }
    return {
      now: NOW,
      service: { cluster: 'demo', namespace: NAMESPACE, name: NAME },
      objects: [
        this.resource,
        ...Object.values(this.workloads),
        ...Object.values(this.replicaSets).flat(),
        ...Object.values(this.pods).flat(),
        this.inferencePool,
        this.route,
        this.gateway,
        ...this.more,
      ] as KubernetesObject[],
      logs: this.logs,
      metrics: this.metrics,
      access: this.access,
      history: this.history,
    };
  }

  /** The first pod of a part. */
  pod(part: Part, index = 0): Fixture {
    return this.pods[part][index];
  }

  /** The container `main` of every pod of a part, and of its template. */
  eachMain(part: Part, change: (container: Fixture) => void) {
    const specs = [
      ...this.pods[part].map(pod => pod.spec),
      this.workloads[part].spec.template.spec,
    ];
    for (const spec of specs) {
      change(spec.containers.find((c: Fixture) => c.name === 'main'));
    }
  }

  /** Sets or removes a variable of every `main` of a part. */
  setEnv(part: Part, name: string, value: string | undefined) {
    this.eachMain(part, container => {
      container.env = container.env.filter((e: Fixture) => e.name !== name);
      if (value !== undefined) {
        container.env.push({ name, value });
      }
    });
  }

  /** Adds an event about an object. */
  event(
    object: Fixture,
    reason: string,
    message: string,
    { type = 'Warning', minutes = 1 }: { type?: string; minutes?: number } = {},
  ) {
    this.more.push({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${object.metadata.name}.${this.more.length}`,
        namespace: NAMESPACE,
      },
      involvedObject: {
        kind: object.kind,
        name: object.metadata.name,
        namespace: NAMESPACE,
        uid: object.metadata.uid,
      },
      reason,
      message,
      type,
      count: 3,
      firstTimestamp: ago(minutes + 5),
      lastTimestamp: ago(minutes),
    });
  }

  /** The log of a container of a pod. */
  log(pod: Fixture, text: string, container = 'main') {
    this.logs[`${pod.metadata.name}/${container}`] = text;
  }

  /** A condition of the resource. */
  condition(type: string, status: string, reason = '', message = '') {
    const { conditions } = this.resource.status;
    const rest = conditions.filter((c: Fixture) => c.type !== type);
    this.resource.status.conditions = [
      ...rest,
      { type, status, reason, message, lastTransitionTime: ago(60) },
    ];
  }

  /** Makes the whole service that many minutes old, started for the first time. */
  firstStart(minutes: number) {
    this.resource.metadata.creationTimestamp = ago(minutes);
    for (const part of ['decode', 'prefill', 'scheduler'] as const) {
      this.workloads[part].metadata.creationTimestamp = ago(minutes);
      for (const pod of this.pods[part]) {
        pod.metadata.creationTimestamp = ago(minutes);
      }
    }
  }
}

/** What a Deployment's controller would count, unless the scenario wrote its own counts. */
function countPods(workload: Fixture, pods: readonly Fixture[]) {
  const { status } = workload;
  if (!status || 'readyReplicas' in status || workload.kind !== 'Deployment') {
    return;
  }
  const ready = pods.filter(
    pod =>
      !pod.metadata.deletionTimestamp &&
      pod.status?.conditions?.some(
        (c: Fixture) => c.type === 'Ready' && c.status === 'True',
      ),
  ).length;
  status.readyReplicas = ready;
  status.availableReplicas = ready;
}
