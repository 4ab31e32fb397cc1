import { Deployment, LeaderWorkerSet, PodSpec, RESOURCES } from '../kinds';
import { amountsOf, isExtended } from '../nodes/quantities';
import { Children } from './children';
import { buildLeaderWorkerSet, leaderWorkerSetName } from './multiNode';
import { BuildContext, PoolName, poolSpec } from './podLabels';
import { buildWorkloadService } from './routing';
import { notReady, Parts } from './serviceConditions';
import { deploymentState, leaderWorkerSetState } from './partStates';
import { buildDeployment, deploymentName } from './singleNode';

/** An entry of `status.workloads`. */
export interface WorkloadReference {
  apiGroup: string;
  kind: string;
  name: string;
  readyReplicas: number;
}

/** What came of the workloads of a service. */
export interface WorkloadOutcome {
  parts: Parts;
  workloads: { primary?: WorkloadReference; prefill?: WorkloadReference };
  /** Whether something could not be reconciled, in which case the status keeps its old workloads. */
  failed?: string;
}

/** Brings Deployments or LeaderWorkerSets of both pools to what the merged spec asks for. */
export function reconcileWorkloads(
  context: BuildContext,
  children: Children,
): WorkloadOutcome {
  const outcome: WorkloadOutcome = { parts: {}, workloads: {} };
  try {
    children.apply(
      RESOURCES.kubeService,
      buildWorkloadService(context.service),
    );
  } catch (error) {
    return failure('MainWorkloadReady', 'ReconcileWorkloadServiceError', error);
  }
  for (const pool of ['decode', 'prefill'] as const) {
    const isWanted = pool === 'decode' || context.spec.prefill !== undefined;
    const isMultiNode = poolSpec(context.spec, pool).worker !== undefined;
    try {
      if (isWanted && isMultiNode) {
        multiNode(context, children, pool, outcome);
      } else if (isWanted) {
        singleNode(context, children, pool, outcome);
      }
    } catch (error) {
      // The controller blames the main part for an error of either pool.
      return isMultiNode
        ? failure(
            'WorkerWorkloadReady',
            'ReconcileMultiNodeWorkloadError',
            error,
          )
        : failure(
            'MainWorkloadReady',
            'ReconcileSingleNodeWorkloadError',
            error,
          );
    }
    const name = context.service.metadata.name;
    if (!isWanted || isMultiNode) {
      children.delete(RESOURCES.deployment, deploymentName(name, pool));
    }
    if (!isWanted || !isMultiNode) {
      children.delete(
        RESOURCES.leaderWorkerSet,
        leaderWorkerSetName(name, pool),
      );
    }
  }
  return outcome;
}

function singleNode(
  context: BuildContext,
  children: Children,
  pool: PoolName,
  outcome: WorkloadOutcome,
): void {
  const wanted = buildDeployment(context, pool);
  assertResources(wanted.metadata.name, wanted.spec.template.spec);
  const deployment = children.apply<Deployment>(RESOURCES.deployment, wanted);
  const part =
    pool === 'prefill' ? 'PrefillWorkloadReady' : 'MainWorkloadReady';
  outcome.parts[part] = deploymentState(deployment);
  outcome.workloads[pool === 'prefill' ? 'prefill' : 'primary'] = {
    apiGroup: 'apps',
    kind: 'Deployment',
    name: deployment.metadata.name,
    readyReplicas: deployment.status?.availableReplicas ?? 0,
  };
}

function multiNode(
  context: BuildContext,
  children: Children,
  pool: PoolName,
  outcome: WorkloadOutcome,
): void {
  const wanted = buildLeaderWorkerSet(context, pool);
  const set = children.apply<LeaderWorkerSet>(
    RESOURCES.leaderWorkerSet,
    wanted,
  );
  const part =
    pool === 'prefill' ? 'PrefillWorkerWorkloadReady' : 'WorkerWorkloadReady';
  outcome.parts[part] = leaderWorkerSetState(set);
  outcome.workloads[pool === 'prefill' ? 'prefill' : 'primary'] = {
    apiGroup: 'leaderworkerset.x-k8s.io',
    kind: 'LeaderWorkerSet',
    name: set.metadata.name,
    readyReplicas: set.status?.readyReplicas ?? 0,
  };
}

function failure(
  part: keyof Parts,
  reason: string,
  error: unknown,
): WorkloadOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return {
    parts: { [part]: notReady(reason, message) },
    workloads: {},
    failed: message,
  };
}

/** The API server's rule for devices: whole pieces, the same in limits and requests. */
function assertResources(deployment: string, pod: PodSpec): void {
  pod.containers.forEach((container, index) => {
    const limits = amountsOf(container.resources?.limits);
    const requests = amountsOf(container.resources?.requests);
    const path = `spec.template.spec.containers[${index}].resources`;
    const refuse = (field: string, why: string) => {
      throw new Error(
        `failed to create v1.Deployment ${deployment}: Deployment.apps "${deployment}" is invalid: ${path}.${field}: ${why}`,
      );
    };
    for (const [resource, amount] of requests) {
      if (isExtended(resource) && !limits.has(resource)) {
        refuse(
          'limits',
          'Required value: Limit must be set for non overcommitable resources',
        );
      }
      if (isExtended(resource) && limits.get(resource) !== amount) {
        refuse(
          'requests',
          `Invalid value: "${amount}": must be equal to ${resource} limit of ${limits.get(
            resource,
          )}`,
        );
      }
    }
    for (const [resource, amount] of limits) {
      if (isExtended(resource) && !Number.isInteger(amount)) {
        refuse(
          `limits[${resource}]`,
          `Invalid value: "${amount}": must be an integer`,
        );
      }
    }
  });
}
