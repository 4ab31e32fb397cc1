import { timestamp } from '../../cluster/objectMetadata';
import { Condition, Node, Pod, RESOURCES } from '../kinds';
import { PlayContext } from '../PlayContext';
import { isActive } from '../workloads/podState';
import { NodeLoad, Rejection, rejectionOf, selects } from './predicates';
import { addAmounts, podRequests } from './quantities';

const RETRY_MS = 300_000;
const BINDING_MS = 1000;

/** Gives pods to nodes that have room for them, and says in the scheduler's words where none has. */
export class PodScheduler {
  private readonly loads = new Map<
    string,
    { used: Map<string, number>; pods: Map<string, Pod> }
  >();
  private readonly waiting = new Map<string, Pod>();
  private readonly announced = new Map<string, string>();

  constructor(
    private readonly context: PlayContext,
    private readonly askAgain: () => void,
  ) {}

  /** Keeps the book of who uses what; to be told of every change of a pod. */
  note(type: string, pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const { nodeName } = pod.spec;
    const isOver =
      type === 'DELETED' ||
      pod.status?.phase === 'Failed' ||
      pod.status?.phase === 'Succeeded';
    if (nodeName) {
      this.waiting.delete(uid);
      this.announced.delete(uid);
      this.account(nodeName, uid, isOver ? undefined : pod);
    } else if (isOver) {
      this.waiting.delete(uid);
      this.announced.delete(uid);
    } else {
      if (!this.waiting.has(uid)) {
        this.askAgain();
      }
      this.waiting.set(uid, pod);
    }
  }

  /** Tries every pod that waits, the oldest first. */
  schedule(): void {
    for (const pod of this.waiting.values()) {
      this.tryOne(pod);
    }
  }

  private account(nodeName: string, uid: string, pod: Pod | undefined): void {
    const load = this.loadOf(nodeName);
    const before = load.pods.get(uid);
    if (!before && pod) {
      addAmounts(load.used, podRequests(pod.spec));
    } else if (before && !pod) {
      addAmounts(load.used, podRequests(before.spec), -1);
      load.pods.delete(uid);
      this.askAgain();
    }
    if (pod) {
      load.pods.set(uid, pod);
    }
  }

  private loadOf(nodeName: string) {
    let load = this.loads.get(nodeName);
    if (!load) {
      load = { used: new Map(), pods: new Map() };
      this.loads.set(nodeName, load);
    }
    return load;
  }

  private tryOne(pod: Pod): void {
    if (!isActive(pod)) {
      return;
    }
    if (pod.spec.schedulingGates?.length) {
      this.refuse(pod, {
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      });
      return;
    }
    const { store, faults } = this.context;
    const nodes = store.list(RESOURCES.node) as Node[];
    const missing = faults.unplaceable(pod) ?? this.missingClaim(pod);
    if (missing) {
      this.announce(pod, unavailable(nodes.length, [missing], 0));
      return;
    }
    const withheld = faults.withheldFrom(pod);
    const clause = faults.nodeClause(pod);
    const fitting: NodeLoad[] = [];
    const rejections: Rejection[] = [];
    for (const node of nodes) {
      const load = { node, ...this.loadOf(node.metadata.name) };
      const rejection =
        rejectionOf(pod, load, withheld) ??
        (clause ? { reasons: [clause], preemptable: false } : undefined);
      if (rejection) {
        rejections.push(rejection);
      } else {
        fitting.push(load);
      }
    }
    const best = fitting.sort(
      (a, b) => this.crowding(pod, a) - this.crowding(pod, b),
    )[0];
    if (best) {
      this.bind(pod, best.node);
    } else {
      this.announce(
        pod,
        unavailable(
          nodes.length,
          counted(rejections.flatMap(rejection => rejection.reasons)),
          rejections.filter(rejection => rejection.preemptable).length,
        ),
      );
    }
  }

  private missingClaim(pod: Pod): string | undefined {
    const claim = pod.spec.volumes
      ?.map(volume => volume.persistentVolumeClaim?.claimName)
      .find(
        name =>
          name &&
          !this.context.store.get(
            RESOURCES.persistentVolumeClaim,
            name,
            pod.metadata.namespace,
          ),
      );
    return claim && `persistentvolumeclaim "${claim}" not found`;
  }

  /** How little a node suits: pods that it should not sit next to weigh most, then the node's load. */
  private crowding(pod: Pod, { node, used, pods }: NodeLoad): number {
    const avoided = (
      pod.spec.affinity?.podAntiAffinity
        ?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    ).filter(({ podAffinityTerm }) =>
      [...pods.values()].some(other =>
        selects(
          podAffinityTerm.labelSelector ?? {},
          other.metadata.labels ?? {},
        ),
      ),
    ).length;
    const devices =
      podRequests(pod.spec).has('nvidia.com/gpu') ||
      !node.status.allocatable['nvidia.com/gpu']
        ? 0
        : 10_000;
    const sameService = [...pods.values()].filter(
      other =>
        other.metadata.labels?.['app.kubernetes.io/name'] ===
        pod.metadata.labels?.['app.kubernetes.io/name'],
    ).length;
    return (
      avoided * 1000 +
      devices +
      sameService * 50 +
      (used.get('nvidia.com/gpu') ?? 0) +
      (used.get('pods') ?? 0) / 100
    );
  }

  private bind(pod: Pod, node: Node): void {
    const { store, clock, events } = this.context;
    const { name, namespace, uid } = pod.metadata;
    const load = this.loadOf(node.metadata.name);
    addAmounts(load.used, podRequests(pod.spec));
    load.pods.set(uid ?? '', pod);
    this.waiting.delete(uid ?? '');
    clock.setTimeout(() => {
      const current = store.get(RESOURCES.pod, name, namespace) as
        | Pod
        | undefined;
      if (current?.metadata.uid !== uid || !current) {
        addAmounts(load.used, podRequests(pod.spec), -1);
        load.pods.delete(uid ?? '');
        this.askAgain();
        return;
      }
      const bound = store.update(RESOURCES.pod, {
        ...current,
        spec: { ...current.spec, nodeName: node.metadata.name },
      }) as Pod;
      this.setScheduled(bound, { status: 'True' });
      events.record(bound, {
        type: 'Normal',
        reason: 'Scheduled',
        message: `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`,
        component: 'default-scheduler',
      });
    }, BINDING_MS);
  }

  private announce(pod: Pod, message: string): void {
    const { clock } = this.context;
    const uid = pod.metadata.uid ?? '';
    const isNew = this.announced.get(uid) !== message;
    this.announced.set(uid, message);
    if (isNew) {
      this.refuse(pod, { reason: 'Unschedulable', message });
      this.warn(pod, message);
      const repeat = () => {
        if (this.announced.get(uid) === message) {
          this.warn(pod, message);
          clock.setTimeout(repeat, RETRY_MS);
        }
      };
      clock.setTimeout(repeat, RETRY_MS);
    }
  }

  private warn(pod: Pod, message: string): void {
    this.context.events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: 'default-scheduler',
    });
  }

  private refuse(pod: Pod, why: { reason: string; message: string }): void {
    this.setScheduled(pod, { status: 'False', ...why });
  }

  private setScheduled(
    pod: Pod,
    outcome: Pick<Condition, 'status' | 'reason' | 'message'>,
  ): void {
    const { store, clock } = this.context;
    const current = store.get(
      RESOURCES.pod,
      pod.metadata.name,
      pod.metadata.namespace,
    ) as Pod | undefined;
    if (!current || current.metadata.uid !== pod.metadata.uid) {
      return;
    }
    const before = current.status?.conditions.find(
      condition => condition.type === 'PodScheduled',
    );
    store.updateStatus(RESOURCES.pod, {
      ...current,
      status: {
        ...current.status,
        conditions: [
          ...(current.status?.conditions ?? []).filter(
            condition => condition.type !== 'PodScheduled',
          ),
          {
            type: 'PodScheduled',
            lastProbeTime: null,
            ...outcome,
            lastTransitionTime:
              before?.status === outcome.status
                ? before.lastTransitionTime
                : timestamp(clock.now()),
          },
        ],
      },
    });
  }
}

function counted(reasons: string[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
}

function unavailable(
  nodes: number,
  clauses: string[],
  preemptable: number,
): string {
  const head = `0/${nodes} nodes are available`;
  const preemption = [
    ...(preemptable
      ? [`${preemptable} No preemption victims found for incoming pod`]
      : []),
    ...(nodes - preemptable
      ? [`${nodes - preemptable} Preemption is not helpful for scheduling`]
      : []),
  ].sort();
  return `${head}: ${clauses.join(
    ', ',
  )}. preemption: ${head}: ${preemption.join(', ')}.`;
}
