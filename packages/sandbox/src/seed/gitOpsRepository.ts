import { stringify } from 'yaml';
import { SEEDED_SERVICES, SeededService } from './services';

const README = `# LLM services

What runs where: one folder per service under \`services/\`, with a kustomize base and one overlay per
cluster. Each cluster applies its overlays from the default branch.
`;

/** Files on the default branch of the GitOps repository: the seeded services, one folder each. */
export function gitOpsRepository(): Record<string, string> {
  return Object.assign(
    { 'README.md': README },
    ...SEEDED_SERVICES.map(serviceFiles),
  );
}

function serviceFiles(seed: SeededService): Record<string, string> {
  const { name, namespace } = seed.manifest.metadata;
  const folder = `services/${name}`;
  return {
    [`${folder}/base/llm-inference-service.yaml`]: stringify(
      finalManifest(seed),
      { aliasDuplicateObjects: false, lineWidth: 0 },
    ),
    [`${folder}/base/kustomization.yaml`]: kustomization({
      resources: ['llm-inference-service.yaml'],
    }),
    [`${folder}/overlays/${seed.cluster}/kustomization.yaml`]: kustomization({
      namespace,
      resources: ['../../base'],
    }),
  };
}

/** A service that was stopped says so in Git, too. */
function finalManifest({ manifest, stoppedMinutesAgo }: SeededService) {
  const { annotations } = manifest.metadata;
  return stoppedMinutesAgo
    ? {
        ...manifest,
        metadata: {
          ...manifest.metadata,
          annotations: { ...annotations, 'serving.kserve.io/stop': 'true' },
        },
      }
    : manifest;
}

function kustomization(fields: Record<string, unknown>): string {
  return stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...fields,
  });
}
