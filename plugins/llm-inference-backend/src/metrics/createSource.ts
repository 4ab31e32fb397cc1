import type { FramePacker } from 'backstage-plugin-llm-inference-common';
import type { KubernetesClient } from '../clusters/KubernetesClient';
import type { Clock } from '../watch/Clock';
import type { SourceConfig } from './MetricsConfig';
import type { MetricsSource } from './MetricsSource';
import { PodProxySource } from './PodProxySource';
import { PrometheusSource } from './PrometheusSource';

/** Makes the source that the settings of a cluster ask for. */
export function createSource(
  settings: SourceConfig,
  cluster: {
    client: () => KubernetesClient | undefined;
    clock: Clock;
    packer: FramePacker;
  },
): MetricsSource {
  return settings.type === 'prometheus'
    ? new PrometheusSource(settings, cluster.packer)
    : new PodProxySource({ ...cluster, concurrency: settings.concurrency });
}
