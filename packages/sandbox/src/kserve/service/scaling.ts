import { KubeObject } from '../../cluster/ClusterStore';
import { timestamp } from '../../cluster/objectMetadata';
import { WantedCondition, withTransitions } from '../conditions';
import { Condition, RESOURCES } from '../kinds';
import { childName } from '../names';
import { ownerReference } from '../owners';
import { PlayContext } from '../PlayContext';
import { Children } from './children';
import { BuildContext, componentLabels, PoolName, poolSpec } from './podLabels';
import { IS_TRUE, notReady, Parts } from './serviceConditions';
import { WorkloadReference } from './WorkloadReconciler';

/** Brings the autoscalers of both pools to what the merged spec asks for; answers what they say. */
export function reconcileScaling(
  { store, clock, faults }: PlayContext,
  build: BuildContext,
  children: Children,
  workloads: { primary?: WorkloadReference; prefill?: WorkloadReference },
): Parts {
  const parts: Parts = {};
  for (const pool of ['decode', 'prefill'] as const) {
    const target = pool === 'prefill' ? workloads.prefill : workloads.primary;
    const name = autoscalerName(build.service.metadata.name, pool);
    const { scaling } = poolSpec(build.spec, pool);
    if (!scaling || !target) {
      children.delete(RESOURCES.horizontalPodAutoscaler, name);
      continue;
    }
    const autoscaler = children.apply(
      RESOURCES.horizontalPodAutoscaler,
      buildAutoscaler(build, name, scaling, target),
    );
    const error = faults.scalingError(build.service);
    const wanted: WantedCondition[] = [
      {
        type: 'AbleToScale',
        status: 'True',
        reason: 'SucceededGetScale',
        message:
          "the HPA controller was able to get the target's current scale",
      },
      error
        ? { type: 'ScalingActive', status: 'False', ...error }
        : {
            type: 'ScalingActive',
            status: 'True',
            reason: 'ValidMetricFound',
            message:
              'the HPA was able to successfully calculate a replica count from external metric wva_desired_replicas',
          },
    ];
    store.updateStatus(RESOURCES.horizontalPodAutoscaler, {
      ...autoscaler,
      status: {
        currentReplicas: target.readyReplicas,
        desiredReplicas: target.readyReplicas,
        conditions: withTransitions(
          wanted,
          conditionsOf(autoscaler),
          timestamp(clock.now()),
        ),
      },
    });
    parts[pool === 'prefill' ? 'PrefillScalingReady' : 'ScalingReady'] = error
      ? notReady(error.reason, error.message)
      : IS_TRUE;
  }
  return parts;
}

function conditionsOf({ status }: KubeObject): Condition[] | undefined {
  return (status as { conditions?: Condition[] } | undefined)?.conditions;
}

function autoscalerName(service: string, pool: PoolName): string {
  return childName(
    service,
    pool === 'prefill' ? '-kserve-prefill-hpa' : '-kserve-hpa',
  );
}

function buildAutoscaler(
  { service }: BuildContext,
  name: string,
  scaling: { minReplicas?: number; maxReplicas?: number },
  target: WorkloadReference,
): KubeObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name,
      namespace: service.metadata.namespace,
      // The same component for both pools: only the target tells them apart.
      labels: componentLabels(service, 'llminferenceservice-workload'),
      ownerReferences: [ownerReference(service)],
    },
    spec: {
      minReplicas: scaling.minReplicas ?? 1,
      maxReplicas: scaling.maxReplicas ?? 1,
      scaleTargetRef: {
        apiVersion: `${target.apiGroup}/v1`,
        kind: target.kind,
        name: target.name,
      },
      metrics: [
        {
          type: 'External',
          external: {
            metric: {
              name: 'wva_desired_replicas',
              selector: { matchLabels: { variant_name: target.name } },
            },
            target: { type: 'AverageValue', averageValue: '1' },
          },
        },
      ],
    },
  };
}
