import { timestamp } from '../../cluster/objectMetadata';
import { KubeObject } from '../../cluster/ClusterStore';
import { WantedCondition, withTransitions } from '../conditions';
import { LeaderWorkerSet, Pod, PodTemplate, RESOURCES } from '../kinds';
import { digest, templateHash } from '../names';
import { ownedBy, ownerReference } from '../owners';
import { PlayContext } from '../PlayContext';
import { admitPod, AdmissionError } from './admitPod';
import { newPod } from './newPod';
import { isReady, restartsOf } from './podState';

const PREFIX = 'leaderworkerset.sigs.k8s.io';
const RETRY_MS = 15_000;

interface Group {
  index: number;
  leader?: Pod;
  workers: Pod[];
}

/**
 * Keeps the groups of a LeaderWorkerSet: a leader of the set's StatefulSet, and once it is there its
 * workers, of a StatefulSet of the leader's own. A group lives and dies together.
 */
export class LeaderWorkerSetController {
  constructor(
    private readonly context: PlayContext,
    private readonly askAgain: (set: LeaderWorkerSet) => void,
  ) {}

  reconcile(namespace: string | undefined, name: string): void {
    const { store } = this.context;
    const set = store.get(RESOURCES.leaderWorkerSet, name, namespace) as
      | LeaderWorkerSet
      | undefined;
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const revision = templateHash(set.spec.leaderWorkerTemplate);
    try {
      this.recreateBroken(set);
      this.rollOne(set, revision);
      this.fill(set, revision);
    } catch (error) {
      if (!(error instanceof AdmissionError)) {
        throw error;
      }
      this.context.events.record(set, {
        type: 'Warning',
        reason: 'FailedCreate',
        message: `create Pod in StatefulSet ${name} failed error: ${error.message}`,
        component: 'statefulset-controller',
      });
      this.context.clock.setTimeout(() => this.askAgain(set), RETRY_MS);
    }
    this.report(set, revision);
  }

  private groups(set: LeaderWorkerSet): Group[] {
    const { store } = this.context;
    const { name, namespace } = set.metadata;
    const count = set.spec.replicas ?? 1;
    const size = set.spec.leaderWorkerTemplate.size;
    return Array.from({ length: count }, (_, index) => ({
      index,
      leader: store.get(RESOURCES.pod, `${name}-${index}`, namespace) as
        | Pod
        | undefined,
      workers: Array.from(
        { length: size - 1 },
        (__, worker) =>
          store.get(
            RESOURCES.pod,
            `${name}-${index}-${worker + 1}`,
            namespace,
          ) as Pod | undefined,
      ).filter((pod): pod is Pod => pod !== undefined),
    }));
  }

  private fill(set: LeaderWorkerSet, revision: string): void {
    const { name } = set.metadata;
    const { size, leaderTemplate, workerTemplate } =
      set.spec.leaderWorkerTemplate;
    const replicas = set.spec.replicas ?? 1;
    const leaders = this.statefulSet(set, name, replicas, leaderTemplate);
    for (const group of this.groups(set)) {
      if (!group.leader && group.workers.length > 0) {
        // The workers of the leader before are still going.
        continue;
      }
      const leader =
        group.leader ??
        this.createPod(set, leaders, leaderTemplate, {
          name: `${name}-${group.index}`,
          group: group.index,
          worker: 0,
          revision,
        });
      if (leader.metadata.deletionTimestamp || size < 2) {
        continue;
      }
      const owner = this.statefulSet(
        leader,
        `${name}-${group.index}`,
        size - 1,
        workerTemplate,
      );
      for (let worker = 1; worker < size; worker++) {
        const podName = `${name}-${group.index}-${worker}`;
        if (!group.workers.some(pod => pod.metadata.name === podName)) {
          this.createPod(set, owner, workerTemplate, {
            name: podName,
            group: group.index,
            worker,
            revision,
          });
        }
      }
    }
    for (const leader of ownedBy<Pod>(
      this.context.store,
      leaders,
      RESOURCES.pod,
    )) {
      const index = Number(leader.metadata.labels?.[`${PREFIX}/group-index`]);
      if (index >= replicas && !leader.metadata.deletionTimestamp) {
        this.deletePod(leader);
      }
    }
  }

  /** A pod that was restarted or is going takes its group with it. */
  private recreateBroken(set: LeaderWorkerSet): void {
    for (const { leader, workers } of this.groups(set)) {
      const broken = [leader, ...workers].some(
        pod =>
          pod &&
          (restartsOf(pod) > 0 ||
            pod.status?.phase === 'Failed' ||
            (pod !== leader && pod.metadata.deletionTimestamp)),
      );
      if (leader && broken && !leader.metadata.deletionTimestamp) {
        this.context.events.record(set, {
          type: 'Normal',
          reason: 'RecreateGroupOnPodRestart',
          message: `Worker pod failed, deleted leader pod ${
            leader.metadata.name
          } to recreate group ${
            leader.metadata.labels?.[`${PREFIX}/group-index`]
          }`,
          component: 'leaderworkerset',
        });
        this.deletePod(leader);
      }
    }
  }

  /** A new template goes group by group from the highest, one at a time. */
  private rollOne(set: LeaderWorkerSet, revision: string): void {
    const groups = this.groups(set);
    const isUpdating = groups.some(
      group =>
        group.leader &&
        revisionOf(group.leader) === revision &&
        !this.isGroupReady(set, group),
    );
    const outdated = groups.filter(
      ({ leader }) => leader && revisionOf(leader) !== revision,
    );
    const next =
      outdated.find(group => !this.isGroupReady(set, group)) ??
      (isUpdating ? undefined : outdated.at(-1));
    if (next?.leader && !next.leader.metadata.deletionTimestamp) {
      this.deletePod(next.leader);
    }
  }

  private isGroupReady(set: LeaderWorkerSet, group: Group): boolean {
    const pods = [group.leader, ...group.workers];
    return (
      pods.length === set.spec.leaderWorkerTemplate.size &&
      pods.every(pod => pod && isReady(pod))
    );
  }

  private createPod(
    set: LeaderWorkerSet,
    owner: KubeObject,
    template: PodTemplate,
    place: { name: string; group: number; worker: number; revision: string },
  ): Pod {
    const { store, events } = this.context;
    const pod = newPod(owner, template, { name: place.name });
    const placed: Pod = {
      ...pod,
      metadata: {
        ...pod.metadata,
        labels: {
          ...pod.metadata.labels,
          [`${PREFIX}/name`]: set.metadata.name,
          [`${PREFIX}/group-index`]: String(place.group),
          [`${PREFIX}/worker-index`]: String(place.worker),
          [`${PREFIX}/group-key`]: digest(
            `${set.metadata.namespace}/${set.metadata.name}-${place.group}`,
            40,
          ),
          [`${PREFIX}/template-revision-hash`]: place.revision,
          'apps.kubernetes.io/pod-index': String(place.worker || place.group),
        },
        annotations: {
          ...pod.metadata.annotations,
          [`${PREFIX}/size`]: String(set.spec.leaderWorkerTemplate.size),
        },
      },
      spec: {
        ...pod.spec,
        subdomain: set.metadata.name,
        hostname: place.name,
      },
    };
    const created = store.create(
      RESOURCES.pod,
      admitPod(this.context, placed),
    ) as Pod;
    events.record(owner, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `create Pod ${place.name} in StatefulSet ${owner.metadata.name} successful`,
      component: 'statefulset-controller',
    });
    return created;
  }

  private deletePod(pod: Pod): void {
    this.context.store.delete(
      RESOURCES.pod,
      pod.metadata.name,
      pod.metadata.namespace,
    );
  }

  private statefulSet(
    owner: KubeObject,
    name: string,
    replicas: number,
    template: PodTemplate,
  ): KubeObject {
    const { store } = this.context;
    const { namespace } = owner.metadata;
    const known = store.get(RESOURCES.statefulSet, name, namespace);
    const spec = {
      replicas,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: template.metadata.labels },
      template,
    };
    if (
      known &&
      known.metadata.ownerReferences?.[0]?.uid === owner.metadata.uid
    ) {
      return store.update(RESOURCES.statefulSet, { ...known, spec });
    }
    if (known) {
      // The StatefulSet of the group before: the collector has not come by yet.
      store.delete(RESOURCES.statefulSet, name, namespace);
    }
    return store.create(RESOURCES.statefulSet, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: {
        name,
        namespace,
        labels: template.metadata.labels,
        ownerReferences: [ownerReference(owner)],
      },
      spec,
    });
  }

  private report(set: LeaderWorkerSet, revision: string): void {
    const { store, clock } = this.context;
    const groups = this.groups(set);
    const desired = set.spec.replicas ?? 1;
    const ready = groups.filter(group => this.isGroupReady(set, group)).length;
    const present = groups.filter(group => group.leader).length;
    const updated = groups.filter(
      ({ leader }) => leader && revisionOf(leader) === revision,
    ).length;
    const isComplete = ready === desired && updated === desired;
    const isUpdating = updated < present;
    const generation = { observedGeneration: set.metadata.generation };
    const wanted: WantedCondition[] = [
      isComplete
        ? {
            type: 'Available',
            status: 'True',
            reason: 'AllGroupsReady',
            message: 'All replicas are ready',
            ...generation,
          }
        : {
            type: 'Available',
            status: 'False',
            reason: 'GroupsNotReady',
            message: 'Replicas are not ready',
            ...generation,
          },
      {
        type: 'Progressing',
        status: isComplete ? 'False' : 'True',
        reason: 'GroupsProgressing',
        message: 'Replicas are progressing',
        ...generation,
      },
      ...(isUpdating ||
      set.status?.conditions?.some(c => c.type === 'UpdateInProgress')
        ? [
            {
              type: 'UpdateInProgress',
              status: isComplete ? ('False' as const) : ('True' as const),
              reason: 'GroupsUpdating',
              message: 'Rolling Upgrade is in progress',
              ...generation,
            },
          ]
        : []),
    ];
    const { name, namespace } = set.metadata;
    const latest = store.get(RESOURCES.leaderWorkerSet, name, namespace);
    if (latest) {
      store.updateStatus(RESOURCES.leaderWorkerSet, {
        ...latest,
        status: {
          replicas: present,
          readyReplicas: ready,
          updatedReplicas: updated,
          hpaPodSelector: `${PREFIX}/name=${name},${PREFIX}/worker-index=0`,
          conditions: withTransitions(
            wanted,
            set.status?.conditions,
            timestamp(clock.now()),
          ),
        },
      });
    }
  }
}

function revisionOf(pod: Pod): string | undefined {
  return pod.metadata.labels?.[`${PREFIX}/template-revision-hash`];
}
