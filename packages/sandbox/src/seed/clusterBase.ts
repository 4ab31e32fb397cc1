import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { KubeObject } from '../cluster/ClusterStore';
import { namespaceObject } from '../cluster/createClusterStore';
import { timestamp } from '../cluster/objectMetadata';
import { RESOURCES } from '../kserve/kinds';
import { KSERVE_NAMESPACE, presetConfigs } from '../kserve/service/presets';
import { DEFAULT_GATEWAY } from '../kserve/service/routing';

/** Namespace of the services that the sandbox starts with. */
export const DEMO_NAMESPACE = 'llm-demo';

/** Network attachment through which engines reach the RDMA fabric. */
export const RDMA_NETWORK = 'roce-p2';

/** What every cluster of the sandbox has before anybody deploys a model. */
export function seedClusterBase(
  store: MemoryClusterStore,
  options: { gatewayAddress: string },
): void {
  for (const name of [KSERVE_NAMESPACE, DEMO_NAMESPACE]) {
    store.create(RESOURCES.namespace, namespaceObject(name));
  }
  presetConfigs().forEach(config =>
    store.create(RESOURCES.serviceConfig, config),
  );
  store.create(RESOURCES.serviceAccount, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: DEMO_NAMESPACE },
  });
  store.create(RESOURCES.networkAttachment, networkAttachment(DEMO_NAMESPACE));
  const now = timestamp(store.clock.now());
  store.create(RESOURCES.gatewayClass, gatewayClass(now));
  store.create(RESOURCES.gateway, gateway(options.gatewayAddress, now));
}

/** A network attachment definition for the RoCE network, in some namespace. */
export function networkAttachment(namespace: string): KubeObject {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {
      name: RDMA_NETWORK,
      namespace,
      annotations: { 'k8s.v1.cni.cncf.io/resourceName': 'rdma/roce_gdr' },
    },
    spec: {
      config: JSON.stringify({
        cniVersion: '0.3.1',
        name: RDMA_NETWORK,
        type: 'macvlan',
        master: 'ens7f0np0',
        mode: 'bridge',
        ipam: { type: 'whereabouts', range: '192.168.100.0/24' },
      }),
    },
  };
}

function gatewayClass(now: string): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'istio' },
    spec: { controllerName: 'istio.io/gateway-controller' },
    status: {
      conditions: [
        {
          type: 'Accepted',
          status: 'True',
          reason: 'Accepted',
          message: 'Handled by Istio controller',
          observedGeneration: 1,
          lastTransitionTime: now,
        },
      ],
    },
  };
}

function gateway(address: string, now: string): KubeObject {
  const condition = (type: string, message: string) => ({
    type,
    status: 'True',
    reason: type,
    message,
    observedGeneration: 1,
    lastTransitionTime: now,
  });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { ...DEFAULT_GATEWAY },
    spec: {
      gatewayClassName: 'istio',
      listeners: [
        {
          name: 'http',
          port: 80,
          protocol: 'HTTP',
          allowedRoutes: { namespaces: { from: 'All' } },
        },
      ],
    },
    status: {
      addresses: [{ type: 'IPAddress', value: address }],
      conditions: [
        condition('Accepted', 'Resource accepted'),
        condition(
          'Programmed',
          'Resource programmed, assigned to service(s) kserve-ingress-gateway-istio.kserve.svc.cluster.local:80',
        ),
      ],
      listeners: [
        {
          name: 'http',
          attachedRoutes: 0,
          supportedKinds: [
            { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
          ],
          conditions: [condition('Programmed', 'No errors found')],
        },
      ],
    },
  };
}
