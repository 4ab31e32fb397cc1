import { readFileSync } from 'node:fs';
import { parseAllDocuments, stringify } from 'yaml';
import { SEEDED_SERVICES, SeededService } from './services';

const README = `# LLM services

What runs where: one folder per service under \`services/\`, with a kustomize base and one overlay per
cluster. Each cluster applies its overlays from the default branch.
`;

/** Files on the default branch of the GitOps repository: the seeded services, one folder each. */
export function gitOpsRepository(): Record<string, string> {
  return Object.assign(
    { 'README.md': README },
    ...SEEDED_SERVICES.filter(seed => !seed.inClusterOnly).map(serviceFiles),
    catalogFiles(),
  );
}

/** What the catalog knows of each service, beside its manifests as a template would put it. */
function catalogFiles(): Record<string, string> {
  const text = readFileSync(
    require.resolve('../../catalog/services.yaml'),
    'utf8',
  );
  const files: Record<string, string> = {};
  let file = '';
  for (const document of parseAllDocuments(text)) {
    // Each Component comes first, what belongs to it follows.
    if (document.get('kind') === 'Component') {
      file = `services/${document.getIn([
        'metadata',
        'name',
      ])}/catalog-info.yaml`;
    }
    files[file] = `${files[file] ?? ''}---\n${stringify(document.toJS())}`;
  }
  return files;
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
