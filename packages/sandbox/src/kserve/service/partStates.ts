import { KubeObject } from '../../cluster/ClusterStore';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { isRecord } from '../../cluster/json';
import { conditionsOfParents } from '../gateway/GatewayController';
import { Condition, Deployment, LeaderWorkerSet, RESOURCES } from '../kinds';
import { IS_TRUE, notReady, PartState } from './serviceConditions';

/**
 * State of a Deployment as the controller judges it: `Progressing=False` is not ready, but a later
 * `Available=True` overrides it, so that a stuck rollout over serving pods looks ready.
 */
export function deploymentState(deployment: Deployment | undefined): PartState {
  const conditions = deployment?.status?.conditions ?? [];
  const available = find(conditions, 'Available');
  if (available?.status === 'True') {
    return IS_TRUE;
  }
  if (available) {
    return notReady(available.reason ?? '', available.message ?? '');
  }
  return {
    status: 'Unknown',
    reason: 'Progressing',
    message: 'Deployment is progressing',
  };
}

/** The scheduler counts as ready with one available replica. */
export function schedulerState(deployment: Deployment | undefined): PartState {
  if ((deployment?.status?.availableReplicas ?? 0) > 0) {
    return IS_TRUE;
  }
  const conditions = deployment?.status?.conditions ?? [];
  const broken =
    find(conditions, 'Progressing', 'False') ??
    find(conditions, 'Available', 'False');
  return notReady(
    broken?.reason ?? 'Progressing',
    broken?.message ?? 'Deployment is progressing',
  );
}

/** State of a LeaderWorkerSet: only its `Available` counts. */
export function leaderWorkerSetState(
  set: LeaderWorkerSet | undefined,
): PartState {
  const available = find(set?.status?.conditions ?? [], 'Available');
  if (available?.status === 'True') {
    return IS_TRUE;
  }
  return available
    ? notReady(available.reason ?? '', available.message ?? '')
    : notReady('Progressing', 'LWS is progressing');
}

/** State of the routes. */
export function routeState(route: KubeObject | undefined): PartState {
  if (!route) {
    return notReady('HTTPRouteFetchError', 'HTTPRoute not found');
  }
  const path = `${route.metadata.namespace}/${route.metadata.name}`;
  const all = conditionsOfParents(route).flat();
  const broken = all.find(condition => condition.status === 'False');
  if (broken || all.length === 0) {
    const why = broken
      ? `"False" (reason "${broken.reason}", message "${broken.message}")`
      : 'no parent has judged it yet';
    return notReady(
      'HTTPRoutesNotReady',
      `The following HTTPRoutes are not ready: [${path}: ${why}]`,
    );
  }
  return IS_TRUE;
}

/** State of the pool. */
export function poolState(pool: KubeObject | undefined): PartState {
  if (!pool) {
    return notReady(
      'InferencePoolFetchError',
      'Inference Pool not found (checked v1 and v1alpha2)',
    );
  }
  const path = `${pool.metadata.namespace}/${pool.metadata.name}`;
  const parents = conditionsOfParents(pool);
  if (parents.length === 0) {
    return notReady(
      'WaitingForGateway',
      `Inference Pool ${path} exists but no Gateway controller has accepted it yet`,
    );
  }
  const broken = parents.flat().find(condition => condition.status === 'False');
  return broken
    ? notReady(
        'InferencePoolNotReady',
        `Inference Pool ${path} is not yet accepted by gateway: ${broken.message}`,
      )
    : IS_TRUE;
}

/** State of the gateways that a service names itself. */
export function gatewaysState(
  store: MemoryClusterStore,
  refs: { name: string; namespace: string }[],
): PartState {
  for (const ref of refs) {
    const gateway = store.get(RESOURCES.gateway, ref.name, ref.namespace);
    if (!gateway) {
      return notReady(
        'RefsInvalid',
        `Gateway ${ref.namespace}/${ref.name} does not exist`,
      );
    }
    const status = isRecord(gateway.status) ? gateway.status : {};
    const programmed = (
      Array.isArray(status.conditions) ? (status.conditions as Condition[]) : []
    ).find(condition => condition.type === 'Programmed');
    if (programmed?.status !== 'True') {
      return notReady(
        'GatewaysNotReady',
        `The following Gateways are not ready: [${ref.namespace}/${ref.name}: ${
          programmed?.message ?? 'not programmed'
        }]`,
      );
    }
  }
  return IS_TRUE;
}

function find(
  conditions: Condition[],
  type: string,
  status?: string,
): Condition | undefined {
  return conditions.find(
    condition =>
      condition.type === type && (!status || condition.status === status),
  );
}
