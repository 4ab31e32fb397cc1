import { Deployment, Pod, ReplicaSet, RESOURCES } from '../kinds';
import { templateHash } from '../names';
import { ownedBy, ownerReference } from '../owners';
import { PlayContext } from '../PlayContext';
import { deploymentStatus } from './deploymentStatus';
import { isActive } from './podState';

const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const HASH_LABEL = 'pod-template-hash';

/** Rolls ReplicaSets as a Deployment asks: step by step within surge and unavailability, or at once. */
export class DeploymentController {
  constructor(
    private readonly context: PlayContext,
    private readonly askAgain: (deployment: Deployment) => void,
  ) {}

  reconcile(namespace: string | undefined, name: string): void {
    const { store } = this.context;
    const deployment = store.get(RESOURCES.deployment, name, namespace) as
      | Deployment
      | undefined;
    if (!deployment || deployment.metadata.deletionTimestamp) {
      return;
    }
    const hash = templateHash(deployment.spec.template);
    const all = ownedBy<ReplicaSet>(store, deployment, RESOURCES.replicaSet);
    const old = all.filter(set => hashOf(set) !== hash);
    let current = all.find(set => hashOf(set) === hash);
    if (deployment.spec.strategy?.type === 'Recreate') {
      old.forEach(set => this.scale(deployment, set, 0));
      if (!current && old.some(set => this.podsOf(set).length > 0)) {
        this.report(deployment, undefined);
        return;
      }
      current ??= this.create(deployment, hash, all);
      this.scale(deployment, current, desiredOf(deployment));
    } else {
      current ??= this.create(deployment, hash, all);
      this.roll(deployment, current, old);
    }
    this.report(deployment, current);
  }

  private roll(
    deployment: Deployment,
    current: ReplicaSet,
    old: ReplicaSet[],
  ): void {
    const desired = desiredOf(deployment);
    const { maxSurge, maxUnavailable } = limitsOf(deployment, desired);
    const oldTotal = sum(old, set => set.spec.replicas);
    const room = desired + maxSurge - oldTotal;
    if (oldTotal === 0 || current.spec.replicas > desired) {
      this.scale(deployment, current, desired);
    } else if (
      current.spec.replicas < desired &&
      room > current.spec.replicas
    ) {
      this.scale(deployment, current, Math.min(desired, room));
    }
    const currentReplicas = Math.max(
      current.spec.replicas,
      Math.min(desired, room),
    );
    const currentAvailable = current.status?.availableReplicas ?? 0;
    const mayGo =
      oldTotal +
      currentReplicas -
      (desired - maxUnavailable) -
      (currentReplicas - currentAvailable);
    this.shrink(deployment, old, mayGo);
  }

  /** Takes old pods away, those first that do not serve anyway. */
  private shrink(
    deployment: Deployment,
    old: ReplicaSet[],
    mayGo: number,
  ): void {
    let left = mayGo;
    const targets = new Map(old.map(set => [set, set.spec.replicas]));
    for (const [set, target] of targets) {
      const useless = target - (set.status?.availableReplicas ?? 0);
      const step = Math.max(0, Math.min(useless, left, target));
      targets.set(set, target - step);
      left -= step;
    }
    for (const [set, target] of targets) {
      const step = Math.max(0, Math.min(left, target));
      this.scale(deployment, set, target - step);
      left -= step;
    }
  }

  private create(
    deployment: Deployment,
    hash: string,
    others: ReplicaSet[],
  ): ReplicaSet {
    const revision =
      1 +
      Math.max(
        0,
        ...others.map(set => Number(set.metadata.annotations?.[REVISION] ?? 0)),
      );
    const { name, namespace } = deployment.metadata;
    const { template, selector } = deployment.spec;
    const labels = { ...template.metadata.labels, [HASH_LABEL]: hash };
    const replicaSet: ReplicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: {
          [DESIRED]: String(desiredOf(deployment)),
          [REVISION]: String(revision),
        },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: 0,
        selector: {
          matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash },
        },
        template: {
          ...template,
          metadata: { ...template.metadata, labels },
        },
      },
    };
    return this.context.store.create(
      RESOURCES.replicaSet,
      replicaSet,
    ) as ReplicaSet;
  }

  private scale(
    deployment: Deployment,
    replicaSet: ReplicaSet,
    replicas: number,
  ): void {
    const { store, events } = this.context;
    const { name, namespace } = replicaSet.metadata;
    const current = store.get(RESOURCES.replicaSet, name, namespace) as
      | ReplicaSet
      | undefined;
    const desired = String(desiredOf(deployment));
    if (!current) {
      return;
    }
    const before = current.spec.replicas;
    if (
      before === replicas &&
      current.metadata.annotations?.[DESIRED] === desired
    ) {
      return;
    }
    store.update(RESOURCES.replicaSet, {
      ...current,
      metadata: {
        ...current.metadata,
        annotations: { ...current.metadata.annotations, [DESIRED]: desired },
      },
      spec: { ...current.spec, replicas },
    });
    if (before !== replicas) {
      events.record(deployment, {
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: `Scaled ${
          replicas > before ? 'up' : 'down'
        } replica set ${name} from ${before} to ${replicas}`,
        component: 'deployment-controller',
      });
    }
  }

  private report(
    deployment: Deployment,
    current: ReplicaSet | undefined,
  ): void {
    const { store, clock } = this.context;
    const { name, namespace } = deployment.metadata;
    const revision = current?.metadata.annotations?.[REVISION];
    const latest = store.get(RESOURCES.deployment, name, namespace);
    if (
      latest &&
      revision &&
      latest.metadata.annotations?.[REVISION] !== revision
    ) {
      store.update(RESOURCES.deployment, {
        ...latest,
        metadata: {
          ...latest.metadata,
          annotations: { ...latest.metadata.annotations, [REVISION]: revision },
        },
      });
    }
    const { status, deadlineIn } = deploymentStatus({
      deployment,
      current: current && this.latest(current),
      all: ownedBy<ReplicaSet>(store, deployment, RESOURCES.replicaSet),
      clock,
    });
    store.updateStatus(RESOURCES.deployment, {
      ...deployment,
      metadata: { ...deployment.metadata, resourceVersion: undefined },
      status,
    });
    if (deadlineIn !== undefined) {
      clock.setTimeout(() => this.askAgain(deployment), deadlineIn);
    }
  }

  private latest(replicaSet: ReplicaSet): ReplicaSet {
    const { name, namespace } = replicaSet.metadata;
    return (
      (this.context.store.get(RESOURCES.replicaSet, name, namespace) as
        | ReplicaSet
        | undefined) ?? replicaSet
    );
  }

  private podsOf(replicaSet: ReplicaSet): Pod[] {
    return ownedBy<Pod>(this.context.store, replicaSet, RESOURCES.pod).filter(
      isActive,
    );
  }
}

function hashOf(replicaSet: ReplicaSet): string | undefined {
  return replicaSet.metadata.labels?.[HASH_LABEL];
}

function desiredOf(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1;
}

function limitsOf(deployment: Deployment, desired: number) {
  const { maxSurge = '25%', maxUnavailable = '25%' } =
    deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = resolve(maxSurge, desired, Math.ceil);
  const unavailable = resolve(maxUnavailable, desired, Math.floor);
  return {
    maxSurge: surge,
    maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable,
  };
}

function resolve(
  value: string | number,
  total: number,
  round: (n: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((Number.parseInt(value, 10) / 100) * total);
}

function sum<T>(items: T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
