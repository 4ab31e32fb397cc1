import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import type { GenerateOptions } from './GenerateOptions';
import type { ManifestFile } from './ManifestFile';

/** actions/checkout v4.2.2, by commit: a tag can be moved. */
const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';

const BUILD_EVERY_OVERLAY = [
  'set -euo pipefail',
  'for overlay in overlays/*/; do',
  '  echo "$overlay"',
  '  kubectl kustomize "$overlay" > /dev/null',
  'done',
].join('\n');

/** What a repository of the service's own needs besides the service: owners, and a check of every change. */
export function repositoryFiles(
  spec: PdServiceSpec,
  { layout, repository }: GenerateOptions,
): ManifestFile[] {
  if (layout !== 'own' || !repository) return [];
  const team = spec.owner.split(/[:/]/).at(-1);
  const account = repository.owner.split('/')[0];
  return [
    {
      path: 'CODEOWNERS',
      content: [
        '# Who reviews a change of this service.',
        `* @${repository.provider === 'github' ? `${account}/` : ''}${team}`,
        '',
      ].join('\n'),
    },
    ...(repository.provider === 'github'
      ? [validation(repository.branch)]
      : []),
  ];
}

function validation(branch: string): ManifestFile {
  return {
    path: '.github/workflows/validate.yaml',
    content: commentedYaml(
      {
        name: 'Validate manifests',
        on: {
          pull_request: {},
          push: { branches: [branch] },
        },
        permissions: { contents: 'read' },
        jobs: {
          validate: {
            'runs-on': 'ubuntu-latest',
            steps: [
              { uses: CHECKOUT },
              {
                name: 'Build every overlay',
                run: `${BUILD_EVERY_OVERLAY}\n`,
              },
            ],
          },
        },
      },
      [],
      'Builds what each cluster would apply, so that a broken overlay fails here and not there.',
    ),
  };
}
