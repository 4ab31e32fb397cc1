import { ownerReference } from '../owners';
import { LeaderWorkerSet, PodSpec } from '../kinds';
import { childName } from '../names';
import {
  BuildContext,
  componentLabels,
  poolAnnotations,
  PoolName,
  poolPodTemplate,
  poolSpec,
  roleOf,
  servingLabels,
} from './podLabels';
import { groupSize } from './serviceSpec';

/** Name of the LeaderWorkerSet of a pool. */
export function leaderWorkerSetName(service: string, pool: PoolName): string {
  return childName(
    service,
    pool === 'prefill' ? '-kserve-mn-prefill' : '-kserve-mn',
  );
}

/** The LeaderWorkerSet of a multi-node pool; it carries the labels of its workers itself. */
export function buildLeaderWorkerSet(
  { service, spec }: BuildContext,
  pool: PoolName,
): LeaderWorkerSet {
  const own = poolSpec(spec, pool);
  if (!own.worker) {
    throw new Error(`the ${pool} pool has no worker`);
  }
  const suffix = pool === 'prefill' ? '-prefill' : '';
  const leaderLabels = {
    ...servingLabels(
      service,
      `llminferenceservice-workload-leader${suffix}`,
      roleOf(spec, pool),
    ),
    ...own.labels,
  };
  const workerLabels = {
    ...componentLabels(service, `llminferenceservice-workload-worker${suffix}`),
    ...own.labels,
  };
  const annotations = poolAnnotations(service, own, [
    'leaderworkerset.sigs.k8s.io',
  ]);
  const template = (pod: PodSpec, labels: Record<string, string>) =>
    poolPodTemplate(spec, pod, { labels, annotations });
  return {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata: {
      name: leaderWorkerSetName(service.metadata.name, pool),
      namespace: service.metadata.namespace,
      labels: workerLabels,
      annotations,
      ownerReferences: [ownerReference(service)],
    },
    spec: {
      ...(own.replicas === undefined ? {} : { replicas: own.replicas }),
      leaderWorkerTemplate: {
        size: groupSize(own),
        restartPolicy: 'RecreateGroupOnPodRestart',
        leaderTemplate: template(own.template ?? own.worker, leaderLabels),
        workerTemplate: template(own.worker, workerLabels),
      },
      networkConfig: { subdomainPolicy: 'Shared' },
      rolloutStrategy: {
        type: 'RollingUpdate',
        rollingUpdateConfiguration: { maxSurge: 0, maxUnavailable: 1 },
      },
      startupPolicy: 'LeaderCreated',
    },
  };
}
