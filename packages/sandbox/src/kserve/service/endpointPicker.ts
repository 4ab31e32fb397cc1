import { stringify } from 'yaml';
import { KubeObject } from '../../cluster/ClusterStore';
import { ownerReference } from '../owners';
import { Container, Deployment } from '../kinds';
import { childName } from '../names';
import { withPodDefaults } from '../workloads/podDefaults';
import { BuildContext, componentLabels } from './podLabels';

const CONFIG_FLAG = '--config-text';

/** Name of the scheduler's Deployment. */
export function schedulerName(service: string): string {
  return childName(service, '-kserve-router-scheduler');
}

/**
 * The scheduler's Deployment. Its configuration is the inline one, else what the current Deployment
 * was given (also when the service has become disaggregated since), else the default.
 */
export function buildScheduler(
  { service, spec }: BuildContext,
  current: Deployment | undefined,
): Deployment | undefined {
  const scheduler = spec.router?.scheduler;
  if (!scheduler?.template) {
    return undefined;
  }
  const labels = {
    ...componentLabels(service, 'llminferenceservice-router-scheduler'),
    ...scheduler.labels,
  };
  const name = service.metadata.name;
  const config = scheduler.config?.inline
    ? `\n${stringify(scheduler.config.inline, { indentSeq: false })}`
    : currentConfig(current) ?? defaultConfig(spec.prefill !== undefined);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: schedulerName(name),
      namespace: service.metadata.namespace,
      labels,
      ownerReferences: [ownerReference(service)],
    },
    spec: {
      replicas: scheduler.replicas ?? 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: {
        matchLabels: componentLabels(
          service,
          'llminferenceservice-router-scheduler',
        ),
      },
      strategy: { type: 'Recreate' },
      template: {
        metadata: {
          labels,
          annotations: {
            'app.kubernetes.io/version': '0.10.0',
            ...scheduler.annotations,
          },
        },
        spec: withPodDefaults({
          ...scheduler.template,
          containers: scheduler.template.containers.map(container =>
            withConfig(container, config),
          ),
          serviceAccountName:
            scheduler.template.serviceAccountName ?? childName(name, '-epp-sa'),
        }),
      },
    },
  };
}

/** The Service in front of the scheduler and the account it runs as. */
export function buildSchedulerCompanions(service: KubeObject): {
  kubeService: KubeObject;
  serviceAccount: KubeObject;
} {
  const labels = componentLabels(
    service,
    'llminferenceservice-router-scheduler',
  );
  const metadata = {
    namespace: service.metadata.namespace,
    labels,
    ownerReferences: [ownerReference(service)],
  };
  return {
    kubeService: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        name: childName(service.metadata.name, '-epp-service'),
      },
      spec: {
        type: 'ClusterIP',
        selector: labels,
        ports: [9002, 9003, 9090, 5557].map((port, index) => ({
          name: ['grpc', 'grpc-health', 'metrics', 'zmq'][index],
          port,
          targetPort: port,
          protocol: 'TCP',
        })),
      },
    },
    serviceAccount: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...metadata,
        name: childName(service.metadata.name, '-epp-sa'),
      },
    },
  };
}

function withConfig(container: Container, config: string): Container {
  const configured = container.args?.some(argument =>
    argument.startsWith('--config-'),
  );
  return container.name !== 'main' || configured
    ? container
    : { ...container, args: [...(container.args ?? []), CONFIG_FLAG, config] };
}

function currentConfig(current: Deployment | undefined): string | undefined {
  const args =
    current?.spec.template.spec.containers.find(c => c.name === 'main')?.args ??
    [];
  const index = args.indexOf(CONFIG_FLAG);
  return index < 0 ? undefined : args[index + 1];
}

function defaultConfig(disaggregated: boolean): string {
  const plugin = (type: string) => ({ type });
  const ref = (pluginRef: string, weight?: number) => ({
    pluginRef,
    ...(weight ? { weight } : {}),
  });
  const config = disaggregated
    ? {
        apiVersion: 'llm-d.ai/v1alpha1',
        kind: 'EndpointPickerConfig',
        plugins: [
          plugin('disagg-headers-handler'),
          plugin('prefill-filter'),
          plugin('decode-filter'),
          plugin('queue-scorer'),
          plugin('kv-cache-utilization-scorer'),
          plugin('active-request-scorer'),
          plugin('prefix-cache-scorer'),
          plugin('max-score-picker'),
          plugin('always-disagg-pd-decider'),
          {
            ...plugin('disagg-profile-handler'),
            parameters: { deciders: { prefill: 'always-disagg-pd-decider' } },
          },
        ],
        schedulingProfiles: [
          {
            name: 'prefill',
            plugins: [
              ref('prefill-filter'),
              ref('prefix-cache-scorer', 3),
              ref('queue-scorer', 2),
              ref('kv-cache-utilization-scorer', 2),
              ref('max-score-picker'),
            ],
          },
          {
            name: 'decode',
            plugins: [
              ref('decode-filter'),
              ref('active-request-scorer', 2),
              ref('prefix-cache-scorer', 3),
              ref('max-score-picker'),
            ],
          },
        ],
      }
    : {
        apiVersion: 'llm-d.ai/v1alpha1',
        kind: 'EndpointPickerConfig',
        plugins: [
          plugin('single-profile-handler'),
          plugin('queue-scorer'),
          plugin('kv-cache-utilization-scorer'),
          plugin('prefix-cache-scorer'),
          plugin('max-score-picker'),
        ],
        schedulingProfiles: [
          {
            name: 'default',
            plugins: [
              ref('queue-scorer', 2),
              ref('kv-cache-utilization-scorer', 2),
              ref('prefix-cache-scorer', 3),
              ref('max-score-picker'),
            ],
          },
        ],
      };
  return `\n${stringify(config, { indentSeq: false })}`;
}
