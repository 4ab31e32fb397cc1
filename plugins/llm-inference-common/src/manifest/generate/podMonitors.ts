import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { GenerateOptions } from './GenerateOptions';
import { componentsOf, ENGINE_PORT, serviceLabels } from './names';

/** Label on every series of a service, by which its alerts select. */
export const SERVICE_LABEL = 'llm_service';

/** What makes Prometheus read both pools and the scheduler; KServe ships nothing of the kind. */
export function podMonitors(
  spec: PdServiceSpec,
  monitoring: NonNullable<GenerateOptions['monitoring']>,
): KubernetesObject[] {
  const monitor = (
    suffix: string,
    component: string,
    endpoint: Record<string, unknown>,
  ): KubernetesObject => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: {
      name: `${spec.name}-${suffix}`,
      namespace: spec.namespace,
      labels: monitoring.labels,
    },
    spec: {
      selector: {
        matchLabels: {
          ...serviceLabels(spec.name),
          'app.kubernetes.io/component': component,
        },
      },
      podMetricsEndpoints: [
        {
          ...endpoint,
          path: '/metrics',
          relabelings: [
            {
              sourceLabels: [
                '__meta_kubernetes_pod_label_app_kubernetes_io_component',
              ],
              targetLabel: 'component',
            },
            { targetLabel: SERVICE_LABEL, replacement: spec.name },
          ],
        },
      ],
    },
  });
  // Of a replica over several nodes only the leader serves HTTP.
  return [
    ...(['decode', 'prefill'] as const).map(name =>
      monitor(name, componentsOf(spec[name], name)[0], {
        portNumber: ENGINE_PORT[name],
      }),
    ),
    monitor('scheduler', 'llminferenceservice-router-scheduler', {
      port: 'metrics',
      authorization: {
        type: 'Bearer',
        credentials: { name: monitoring.schedulerTokenSecret, key: 'token' },
      },
    }),
  ];
}

/** Why each monitor is as it is, in the order of {@link podMonitors}. */
export const POD_MONITOR_HEADERS = [
  'Decode: the engine itself. Port 8000 is the routing sidecar, which would show the same series again.',
  'Prefill: no sidecar, the engine has port 8000.',
  "The scheduler. It wants a token that may get '/metrics'; without the Secret it answers 401.",
];
