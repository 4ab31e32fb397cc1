import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { folderOfService, type GenerateOptions } from './GenerateOptions';
import { clustersOf } from './names';

/** One object per cluster that makes its GitOps controller follow the overlay. */
export function gitOpsObjects(
  spec: PdServiceSpec,
  options: GenerateOptions,
): Array<{ cluster: string; object: KubernetesObject }> {
  const { controller, repository } = options;
  if (!controller || !repository) return [];
  const folder = folderOfService(spec, options);
  return clustersOf(spec).map(cluster => {
    const overlay = [folder, 'overlays', cluster].filter(Boolean).join('/');
    // Cluster names may hold capitals and underscores, names of objects may not.
    const metadata = {
      name: `${spec.name}-${cluster.toLowerCase().replace(/_/g, '-')}`,
      namespace: controller.namespace,
    };
    if (controller.kind === 'flux') {
      return {
        cluster,
        object: {
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata,
          spec: {
            interval: '10m',
            path: `./${overlay}`,
            prune: true,
            sourceRef: { kind: 'GitRepository', name: controller.source },
            targetNamespace: spec.namespace,
            // The resource reports Ready only when the model is loaded.
            wait: true,
            timeout: `${Math.ceil(
              (spec.pods.startupBudgetSeconds ?? 600) / 60 + 10,
            )}m`,
          },
        },
      };
    }
    const { host, owner, name, branch } = repository;
    return {
      cluster,
      object: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        // Without it the pods would stay when a retired service's Application goes.
        metadata: {
          ...metadata,
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project: controller.project,
          source: {
            repoURL: `https://${host}/${owner}/${name}.git`,
            targetRevision: branch,
            path: overlay,
          },
          destination: { name: cluster, namespace: spec.namespace },
          syncPolicy: { automated: { prune: true, selfHeal: true } },
        },
      },
    };
  });
}
