import { KubeObject } from '../../cluster/ClusterStore';
import { ownerReference } from '../owners';
import { childName } from '../names';
import { BuildContext, componentLabels } from './podLabels';
import { KSERVE_NAMESPACE } from './presets';

/** Name of the gateway that routes hang on unless a service names another. */
export const DEFAULT_GATEWAY = {
  name: 'kserve-ingress-gateway',
  namespace: KSERVE_NAMESPACE,
};

/** The gateways that a service is reached through. */
export function gatewaysOf({ spec, service }: BuildContext) {
  const refs = spec.router?.gateway?.refs;
  return refs?.length
    ? refs.map(ref => ({
        ...ref,
        namespace: ref.namespace ?? service.metadata.namespace ?? '',
      }))
    : [DEFAULT_GATEWAY];
}

/** The Service over all serving pods; both pools are behind it. */
export function buildWorkloadService(service: KubeObject): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...childMetadata(service, '-kserve-workload-svc'),
      labels: componentLabels(service, 'llminferenceservice-workload'),
    },
    spec: {
      type: 'ClusterIP',
      selector: servingSelector(service),
      ports: [{ name: 'http', port: 8000, targetPort: 8000, protocol: 'TCP' }],
    },
  };
}

/** The InferencePool, in which the scheduler picks endpoints. */
export function buildInferencePool(service: KubeObject): KubeObject {
  return {
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: childMetadata(service, '-inference-pool'),
    spec: {
      selector: { matchLabels: servingSelector(service) },
      targetPorts: [{ number: 8000 }],
      endpointPickerRef: {
        group: '',
        kind: 'Service',
        name: childName(service.metadata.name, '-epp-service'),
        port: { number: 9002 },
        failureMode: 'FailOpen',
      },
    },
  };
}

/** The HTTPRoute, where the service wants a managed one. */
export function buildRoute(context: BuildContext): KubeObject | undefined {
  const { service, spec } = context;
  const route = spec.router?.route?.http;
  if (!route?.spec || route.refs) {
    return undefined;
  }
  const custom = spec.router?.gateway?.refs?.length
    ? {
        parentRefs: gatewaysOf(context).map(gateway => ({
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          ...gateway,
        })),
      }
    : {};
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      ...childMetadata(service, '-kserve-route'),
      annotations: { 'serving.kserve.io/inference-pool-migrated': 'v1' },
    },
    spec: {
      ...route.spec,
      ...custom,
      ...(spec.router?.scheduler
        ? {}
        : { rules: withoutPool(route.spec.rules) }),
    },
  };
}

/** Without a scheduler there is no pool to route to: only the rule to the Service is left. */
function withoutPool(rules: unknown[] = []): unknown[] {
  return rules.slice(-1);
}

function childMetadata(service: KubeObject, suffix: string) {
  return {
    name: childName(service.metadata.name, suffix),
    namespace: service.metadata.namespace,
    labels: componentLabels(service, 'llminferenceservice-router'),
    ownerReferences: [ownerReference(service)],
  };
}

function servingSelector(service: KubeObject) {
  return {
    'app.kubernetes.io/part-of': 'llminferenceservice',
    'app.kubernetes.io/name': service.metadata.name,
    'kserve.io/component': 'workload',
  };
}
