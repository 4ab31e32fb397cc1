import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import type { GenerateOptions } from './GenerateOptions';
import type { ManifestFile } from './ManifestFile';

/** actions/checkout v7.0.1, by commit: a tag can be moved. */
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1';

/** Has a shell and Kustomize. A tag can be moved: pin it by digest where that matters to you. */
const KUSTOMIZE_IMAGE = 'registry.k8s.io/kustomize/kustomize:v5.4.3';

const WHY =
  'Builds what each cluster would apply, so that a broken overlay fails here and not there.';

/** For any POSIX shell; a loop goes on after a failure, unless it is told not to. */
function buildEveryOverlay(build: string): string {
  return [
    'set -eu',
    'for overlay in overlays/*/; do',
    '  echo "$overlay"',
    `  ${build} "$overlay" > /dev/null`,
    'done',
    '',
  ].join('\n');
}

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
    repository.provider === 'github'
      ? gitHubWorkflow(repository.branch)
      : gitLabPipeline(),
  ];
}

function gitHubWorkflow(branch: string): ManifestFile {
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
                run: buildEveryOverlay('kubectl kustomize'),
              },
            ],
          },
        },
      },
      [],
      WHY,
    ),
  };
}

function gitLabPipeline(): ManifestFile {
  return {
    path: '.gitlab-ci.yml',
    content: commentedYaml(
      {
        'validate manifests': {
          // The image starts Kustomize itself; the runner wants its shell.
          image: { name: KUSTOMIZE_IMAGE, entrypoint: [''] },
          script: [buildEveryOverlay('/app/kustomize build')],
          rules: [
            { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
            { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
          ],
        },
      },
      [],
      WHY,
    ),
  };
}
