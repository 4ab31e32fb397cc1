import { isRecord } from '../../cluster/json';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { RESOURCES } from '../kinds';
import { childName } from '../names';
import { AppliedConfig } from './combineConfigs';
import { BuildContext } from './podLabels';
import { gatewaysOf } from './routing';
import { RouterOutcome } from './RouterReconciler';
import { modelName } from './serviceSpec';
import { WorkloadOutcome } from './WorkloadReconciler';

/** The part of a status that says what there is and where it is reached. */
export function statusOf(
  store: MemoryClusterStore,
  context: BuildContext,
  workload: WorkloadOutcome,
  router: RouterOutcome,
  appliedConfigs: AppliedConfig[],
): Record<string, unknown> {
  const before = isRecord(context.service.status) ? context.service.status : {};
  const access = reachableAt(store, context, router);
  const url = access?.url ?? before.url;
  return {
    annotations: pinnedPresets(appliedConfigs),
    ...(url ? { url } : {}),
    workloads: workload.failed
      ? before.workloads
      : {
          ...workload.workloads,
          ...(router.scheduler ? { scheduler: router.scheduler } : {}),
          service: {
            kind: 'Service',
            name: childName(
              context.service.metadata.name,
              '-kserve-workload-svc',
            ),
          },
        },
    addresses: addressesOf(context, access),
    ...routerOf(context, router),
    appliedConfigs,
  };
}

function pinnedPresets(configs: AppliedConfig[]): Record<string, string> {
  return Object.fromEntries(
    configs
      .filter(
        ({ source, name }) =>
          source === 'Preset' && !name.endsWith('-router-route'),
      )
      .map(({ name }) => [
        `serving.kserve.io/${name.replace(/^kserve-/, '')}`,
        name,
      ]),
  );
}

interface Access {
  url: string;
  gateway: { name: string; namespace: string };
}

function reachableAt(
  store: MemoryClusterStore,
  context: BuildContext,
  router: RouterOutcome,
): Access | undefined {
  const [gateway] = gatewaysOf(context);
  const object = store.get(RESOURCES.gateway, gateway.name, gateway.namespace);
  const status = isRecord(object?.status) ? object.status : {};
  const [address] = Array.isArray(status.addresses) ? status.addresses : [];
  if (!router.route || !isRecord(address)) {
    return undefined;
  }
  const { name, namespace } = context.service.metadata;
  return {
    url: `http://${address.value}/${namespace}/${name}`,
    gateway: { name: gateway.name, namespace: gateway.namespace },
  };
}

function addressesOf(context: BuildContext, access: Access | undefined) {
  const { service } = context;
  const { name, namespace } = service.metadata;
  const model = modelName(service);
  const models = [
    { name: model },
    { name: `publishers/${namespace}/models/${model}` },
  ];
  return access
    ? [
        {
          name: 'gateway-external',
          url: access.url,
          origin: {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            ...access.gateway,
          },
          models,
        },
      ]
    : [
        {
          name: 'internal',
          url: `http://${childName(
            name,
            '-kserve-workload-svc',
          )}.${namespace}.svc.cluster.local:8000`,
          models,
        },
      ];
}

function routerOf(context: BuildContext, { route, pool }: RouterOutcome) {
  const { name, namespace } = context.service.metadata;
  if (!route && !pool) {
    return {};
  }
  return {
    router: {
      ...(route
        ? {
            gateways: gatewaysOf(context).map(gateway => ({
              group: 'gateway.networking.k8s.io',
              kind: 'Gateway',
              name: gateway.name,
              namespace: gateway.namespace,
              httpRoutes: [
                {
                  group: 'gateway.networking.k8s.io',
                  kind: 'HTTPRoute',
                  name: route.metadata.name,
                  namespace,
                },
              ],
            })),
          }
        : {}),
      ...(pool
        ? {
            scheduler: {
              inferencePool: {
                group: 'inference.networking.k8s.io',
                kind: 'InferencePool',
                name: pool.metadata.name,
                namespace,
              },
              service: {
                group: '',
                kind: 'Service',
                name: childName(name, '-epp-service'),
                namespace,
              },
            },
          }
        : {}),
    },
  };
}
