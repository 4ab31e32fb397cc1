import { ownerReference } from '../owners';
import { Deployment } from '../kinds';
import { childName } from '../names';
import {
  BuildContext,
  poolAnnotations,
  PoolName,
  poolPodTemplate,
  poolSpec,
  propagatedLabels,
  roleOf,
  servingLabels,
} from './podLabels';

/** Name of the Deployment of a pool. */
export function deploymentName(service: string, pool: PoolName): string {
  return childName(service, pool === 'prefill' ? '-kserve-prefill' : '-kserve');
}

/**
 * The Deployment of a single-node pool. One map of labels is the Deployment's, its selector's and its
 * pods', and `spec.labels` end up in all three.
 */
export function buildDeployment(
  { service, spec }: BuildContext,
  pool: PoolName,
): Deployment {
  const own = poolSpec(spec, pool);
  if (!own.template) {
    throw new Error(`the ${pool} pool has no template`);
  }
  const component =
    pool === 'prefill'
      ? 'llminferenceservice-workload-prefill'
      : 'llminferenceservice-workload';
  const labels = {
    ...servingLabels(service, component, roleOf(spec, pool)),
    ...propagatedLabels(service),
    ...own.labels,
  };
  const annotations = {
    ...poolAnnotations(service, own),
    'serving.kserve.io/model-based-routing-enabled': 'true',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: deploymentName(service.metadata.name, pool),
      namespace: service.metadata.namespace,
      labels,
      annotations,
      ownerReferences: [ownerReference(service)],
    },
    spec: {
      ...(own.replicas === undefined ? {} : { replicas: own.replicas }),
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template: poolPodTemplate(spec, own.template, { labels, annotations }),
    },
  };
}
