import { KubeObject } from '../../cluster/ClusterStore';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { Deployment, RESOURCES } from '../kinds';
import { childName } from '../names';
import { Children } from './children';
import {
  buildScheduler,
  buildSchedulerCompanions,
  schedulerName,
} from './endpointPicker';
import {
  gatewaysState,
  poolState,
  routeState,
  schedulerState,
} from './partStates';
import { BuildContext } from './podLabels';
import { buildInferencePool, buildRoute, gatewaysOf } from './routing';
import { Parts } from './serviceConditions';
import { WorkloadReference } from './WorkloadReconciler';

/** What came of the way to a service. */
export interface RouterOutcome {
  parts: Parts;
  scheduler?: WorkloadReference;
  route?: KubeObject;
  pool?: KubeObject;
}

/** Brings scheduler, pool and route to what the merged spec asks for. */
export function reconcileRouter(
  store: MemoryClusterStore,
  context: BuildContext,
  children: Children,
): RouterOutcome {
  const outcome: RouterOutcome = { parts: {} };
  reconcileScheduler(context, children, outcome);
  const route = buildRoute(context);
  const routeName = childName(context.service.metadata.name, '-kserve-route');
  if (route) {
    outcome.route = children.apply(RESOURCES.httpRoute, route);
    outcome.parts.HTTPRoutesReady = routeState(outcome.route);
  } else {
    children.delete(RESOURCES.httpRoute, routeName);
  }
  if (context.spec.router?.gateway?.refs?.length) {
    outcome.parts.GatewaysReady = gatewaysState(store, gatewaysOf(context));
  }
  return outcome;
}

function reconcileScheduler(
  context: BuildContext,
  children: Children,
  outcome: RouterOutcome,
): void {
  const { service } = context;
  const name = schedulerName(service.metadata.name);
  const poolName = childName(service.metadata.name, '-inference-pool');
  const current = children.get<Deployment>(RESOURCES.deployment, name);
  const wanted = buildScheduler(context, current);
  const companions = buildSchedulerCompanions(service);
  if (!wanted) {
    children.delete(RESOURCES.deployment, name);
    children.delete(RESOURCES.inferencePool, poolName);
    children.delete(
      RESOURCES.kubeService,
      companions.kubeService.metadata.name,
    );
    return;
  }
  children.apply(RESOURCES.serviceAccount, companions.serviceAccount);
  children.apply(RESOURCES.kubeService, companions.kubeService);
  const scheduler = children.apply<Deployment>(RESOURCES.deployment, wanted);
  outcome.parts.SchedulerWorkloadReady = schedulerState(scheduler);
  outcome.scheduler = {
    apiGroup: 'apps',
    kind: 'Deployment',
    name,
    readyReplicas: scheduler.status?.availableReplicas ?? 0,
  };
  outcome.pool = children.apply(
    RESOURCES.inferencePool,
    buildInferencePool(service),
  );
  outcome.parts.InferencePoolReady = poolState(outcome.pool);
}
