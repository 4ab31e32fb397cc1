import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import type { ManifestFile } from './ManifestFile';
import { clustersOf } from './names';

const KUSTOMIZATION = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
};

/** The base: what is the same in every cluster. */
export function baseKustomization(files: ManifestFile[]): ManifestFile {
  return {
    path: 'base/kustomization.yaml',
    content: commentedYaml(
      {
        ...KUSTOMIZATION,
        resources: files.map(({ path }) => path.replace(/^base\//, '')),
      },
      [],
      'What is the same in every cluster. Each cluster applies its folder in ../overlays.',
    ),
  };
}

/** One overlay per cluster: the folder that the GitOps controller of that cluster applies. */
export function overlays(spec: PdServiceSpec): ManifestFile[] {
  return clustersOf(spec).flatMap(cluster => {
    const folder = `overlays/${cluster}`;
    const patch = replicasPatch(spec, cluster);
    return [
      {
        path: `${folder}/kustomization.yaml`,
        content: commentedYaml(
          {
            ...KUSTOMIZATION,
            namespace: spec.namespace,
            resources: ['../../base'],
            ...(patch && { patches: [{ path: 'replicas.yaml' }] }),
          },
          [],
          `What cluster ${cluster} applies.`,
        ),
      },
      ...(patch
        ? [
            {
              path: `${folder}/replicas.yaml`,
              content: commentedYaml(
                patch,
                [],
                `Pool sizes of cluster ${cluster}.`,
              ),
            },
          ]
        : []),
    ];
  });
}

function replicasPatch(spec: PdServiceSpec, cluster: string) {
  const overlay = spec.otherClusters?.find(other => other.cluster === cluster);
  if (
    overlay?.decodeReplicas === undefined &&
    overlay?.prefillReplicas === undefined
  ) {
    return undefined;
  }
  const { decodeReplicas, prefillReplicas } = overlay;
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: { name: spec.name, namespace: spec.namespace },
    spec: {
      ...(decodeReplicas !== undefined && { replicas: decodeReplicas }),
      ...(prefillReplicas !== undefined && {
        prefill: { replicas: prefillReplicas },
      }),
    },
  };
}
