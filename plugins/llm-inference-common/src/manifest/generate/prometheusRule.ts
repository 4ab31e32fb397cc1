import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { alertsOf } from './alerts';
import type { GenerateOptions } from './GenerateOptions';

/** The alerts of a service as Prometheus reads them. */
export function prometheusRule(
  spec: PdServiceSpec,
  monitoring: NonNullable<GenerateOptions['monitoring']>,
): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: `${spec.name}-alerts`,
      namespace: spec.namespace,
      labels: monitoring.labels,
    },
    spec: {
      groups: [
        {
          name: `llm-inference.${spec.namespace}.${spec.name}`,
          rules: alertsOf(spec).map(
            ({ alert, expr, for: duration, severity, ...annotations }) => ({
              alert,
              expr,
              for: duration,
              labels: { severity, service: spec.name },
              annotations,
            }),
          ),
        },
      ],
    },
  };
}
