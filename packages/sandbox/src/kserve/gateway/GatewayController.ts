import { isRecord } from '../../cluster/json';
import { KubeObject } from '../../cluster/ClusterStore';
import { timestamp } from '../../cluster/objectMetadata';
import { WantedCondition, withTransitions } from '../conditions';
import { Condition, RESOURCES } from '../kinds';
import { PlayContext } from '../PlayContext';

const CONTROLLER = 'istio.io/gateway-controller';

interface ParentRef {
  name: string;
  namespace: string;
}

/** Accepts routes and pools as the gateway's implementation does, and says why not. */
export class GatewayController {
  constructor(private readonly context: PlayContext) {}

  /** Judges the routes of a namespace and the pools that they send to. */
  reconcile(namespace: string, name: string): void {
    const { store } = this.context;
    const route = store.get(RESOURCES.httpRoute, name, namespace);
    if (!route || route.metadata.deletionTimestamp) {
      return;
    }
    const parents = parentsOf(route);
    const verdicts = parents.map(parent => ({
      parent,
      conditions: this.judgeRoute(route, parent),
    }));
    this.writeParents(RESOURCES.httpRoute, route, verdicts);
    const isAccepted = verdicts.some(({ conditions }) =>
      conditions.some(c => c.type === 'Accepted' && c.status === 'True'),
    );
    for (const pool of poolsOf(route)) {
      const object = store.get(RESOURCES.inferencePool, pool, namespace);
      if (object) {
        this.writeParents(
          RESOURCES.inferencePool,
          object,
          isAccepted
            ? parents.map(parent => ({
                parent,
                conditions: this.judgePool(object),
              }))
            : [],
        );
      }
    }
  }

  private judgeRoute(route: KubeObject, parent: ParentRef): WantedCondition[] {
    const generation = { observedGeneration: route.metadata.generation };
    const rejection =
      this.context.faults.routeRejection(route) ??
      this.gatewayRejection(route, parent);
    const accepted: WantedCondition = rejection
      ? { type: 'Accepted', status: 'False', ...rejection, ...generation }
      : {
          type: 'Accepted',
          status: 'True',
          reason: 'Accepted',
          message: 'Route was valid',
          ...generation,
        };
    const missing = this.missingBackend(route);
    const resolved: WantedCondition = missing
      ? {
          type: 'ResolvedRefs',
          status: 'False',
          reason: 'BackendNotFound',
          message: missing,
          ...generation,
        }
      : {
          type: 'ResolvedRefs',
          status: 'True',
          reason: 'ResolvedRefs',
          message: 'All references resolved',
          ...generation,
        };
    return [accepted, resolved];
  }

  private gatewayRejection(route: KubeObject, parent: ParentRef) {
    const gateway = this.context.store.get(
      RESOURCES.gateway,
      parent.name,
      parent.namespace,
    );
    if (!gateway) {
      return {
        reason: 'NoMatchingParent',
        message: `Gateway ${parent.namespace}/${parent.name} not found`,
      };
    }
    const listeners = isRecord(gateway.spec) ? gateway.spec.listeners : [];
    const isAllowed = (Array.isArray(listeners) ? listeners : []).some(
      listener =>
        isRecord(listener) &&
        (JSON.stringify(listener.allowedRoutes ?? {}).includes('"All"') ||
          parent.namespace === route.metadata.namespace),
    );
    return isAllowed
      ? undefined
      : {
          reason: 'NotAllowedByListeners',
          message: `No matching listener: namespace ${route.metadata.namespace} is not allowed by the listener's allowedRoutes`,
        };
  }

  private missingBackend(route: KubeObject): string | undefined {
    const { store } = this.context;
    const { namespace } = route.metadata;
    for (const pool of poolsOf(route)) {
      if (!store.get(RESOURCES.inferencePool, pool, namespace)) {
        return `referencing unsupported backendRef: InferencePool ${namespace}/${pool} not found`;
      }
    }
    return undefined;
  }

  private judgePool(pool: KubeObject): WantedCondition[] {
    const generation = { observedGeneration: pool.metadata.generation };
    const rejection = this.context.faults.poolRejection(pool);
    return [
      rejection
        ? { type: 'Accepted', status: 'False', ...rejection, ...generation }
        : {
            type: 'Accepted',
            status: 'True',
            reason: 'Accepted',
            message:
              'Referenced by an HTTPRoute accepted by the parentRef Gateway',
            ...generation,
          },
      {
        type: 'ResolvedRefs',
        status: 'True',
        reason: 'ResolvedRefs',
        message: 'Referenced ExtensionRef resolved',
        ...generation,
      },
    ];
  }

  private writeParents(
    resource: string,
    object: KubeObject,
    verdicts: { parent: ParentRef; conditions: WantedCondition[] }[],
  ): void {
    const { store, clock } = this.context;
    const before = conditionsOfParents(object);
    store.updateStatus(resource, {
      ...object,
      status: {
        parents: verdicts.map(({ parent, conditions }, index) => ({
          parentRef: {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            ...parent,
          },
          controllerName: CONTROLLER,
          conditions: withTransitions(
            conditions,
            before[index],
            timestamp(clock.now()),
          ),
        })),
      },
    });
  }
}

/** Conditions that each parent of a route or pool has set, in the order of the parents. */
export function conditionsOfParents(object: KubeObject): Condition[][] {
  const status = isRecord(object.status) ? object.status : {};
  const parents = Array.isArray(status.parents) ? status.parents : [];
  return parents.map(parent =>
    isRecord(parent) && Array.isArray(parent.conditions)
      ? (parent.conditions as Condition[])
      : [],
  );
}

function parentsOf(route: KubeObject): ParentRef[] {
  const spec = isRecord(route.spec) ? route.spec : {};
  const refs = Array.isArray(spec.parentRefs) ? spec.parentRefs : [];
  return refs.filter(isRecord).map(ref => ({
    name: String(ref.name),
    namespace: String(ref.namespace ?? route.metadata.namespace),
  }));
}

function poolsOf(route: KubeObject): string[] {
  const spec = isRecord(route.spec) ? route.spec : {};
  const rules = Array.isArray(spec.rules) ? spec.rules : [];
  const names = rules
    .filter(isRecord)
    .flatMap(rule => (Array.isArray(rule.backendRefs) ? rule.backendRefs : []))
    .filter(isRecord)
    .filter(ref => ref.kind === 'InferencePool')
    .map(ref => String(ref.name));
  return [...new Set(names)];
}
