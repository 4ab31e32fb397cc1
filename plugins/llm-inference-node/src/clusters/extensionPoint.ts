import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ClusterSupplier } from './SuppliedCluster';

/**
 * Adds clusters to those of the portal's Kubernetes configuration.
 *
 * @public
 */
export interface LlmInferenceClustersExtensionPoint {
  /** Adds a supplier; where two name the same cluster, the portal's own configuration wins, then the earlier supplier. */
  addClusterSupplier(supplier: ClusterSupplier): void;
}

/**
 * Extension point of the `llm-inference` backend plugin for suppliers of clusters.
 *
 * @public
 */
export const llmInferenceClustersExtensionPoint =
  createExtensionPoint<LlmInferenceClustersExtensionPoint>({
    id: 'llm-inference.clusters',
  });
