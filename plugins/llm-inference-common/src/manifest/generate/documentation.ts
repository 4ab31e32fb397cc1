import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import { capacityTable } from './capacityTable';
import type { GenerateOptions } from './GenerateOptions';
import type { ManifestFile } from './ManifestFile';
import { markdownText } from './markdownText';
import { clustersOf } from './names';

/** README and TechDocs page of a service, with its own numbers. */
export function documentation(
  spec: PdServiceSpec,
  options: GenerateOptions,
): ManifestFile[] {
  return [
    { path: 'README.md', content: readme(spec, options) },
    { path: 'docs/index.md', content: page(spec, options) },
    {
      path: 'mkdocs.yml',
      content: commentedYaml({
        site_name: spec.name,
        nav: [{ Overview: 'index.md' }],
        plugins: ['techdocs-core'],
      }),
    },
  ];
}

function readme(spec: PdServiceSpec, options: GenerateOptions): string {
  return lines(
    `# ${spec.name}`,
    '',
    introduction(spec),
    '',
    '| file | what it is |',
    '| --- | --- |',
    '| `base/llm-inference-service.yaml` | the service: both pools, the model, the router |',
    ...(options.networkPolicy === false
      ? []
      : ['| `base/network-policy.yaml` | who may reach the engines |']),
    ...(options.monitoring
      ? [
          '| `base/pod-monitors.yaml` | what Prometheus reads |',
          '| `base/prometheus-rule.yaml` | the alerts |',
        ]
      : []),
    ...clustersOf(spec).map(
      cluster =>
        `| \`overlays/${cluster}\` | what cluster ${cluster} applies |`,
    ),
    '| `catalog-info.yaml` | the entities of the portal |',
    '| `docs/` | the page of the service in the portal |',
    '',
    'Change it through the portal (template "Change a PD service"), or by a pull request here: a change keeps every line that it does not touch.',
    '',
    '```sh',
    `kubectl kustomize overlays/${spec.cluster}   # what would be applied`,
    '```',
  );
}

function page(spec: PdServiceSpec, { capacity }: GenerateOptions): string {
  return lines(
    `# ${spec.title ? markdownText(spec.title) : spec.name}`,
    '',
    ...(spec.description ? [markdownText(spec.description), ''] : []),
    introduction(spec),
    '',
    '## Call it',
    '',
    'The address is on the page of the service in the portal. The model is asked for by name:',
    '',
    '```sh',
    `curl "$URL/v1/chat/completions" -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify({
      model: spec.model.name,
      messages: [{ role: 'user', content: 'Hello' }],
    })}'`,
    '```',
    '',
    '## Size',
    '',
    '| | prefill | decode |',
    '| --- | --- | --- |',
    row(spec, 'replicas', ({ replicas, scaling }) =>
      scaling
        ? `${scaling.minReplicas} to ${scaling.maxReplicas}`
        : `${replicas ?? 1}`,
    ),
    row(spec, 'GPUs per pod', ({ gpu }) =>
      gpu ? `${gpu.count} × ${gpu.resource}` : 'none',
    ),
    row(spec, 'memory per pod', ({ memory }) => memory.limit),
    row(spec, 'tensor parallelism', ({ parallelism }) =>
      String(parallelism.tensor),
    ),
    '',
    ...(capacity ? [capacityTable(capacity), ''] : []),
    '## How the KV cache moves',
    '',
    fabricInWords(spec),
    '',
    '## When something is wrong',
    '',
    'The page of the service in the portal says what is wrong and what to do. Prefill down: answers come, but slower, because decode computes the prompts itself. Decode down: nothing answers.',
  );
}

function introduction(spec: PdServiceSpec): string {
  return `Serves \`${spec.model.name}\` from \`${
    spec.model.uri
  }\` in namespace \`${spec.namespace}\` of ${clustersOf(spec)
    .map(cluster => `\`${cluster}\``)
    .join(
      ', ',
    )}. One pool of pods reads the prompts (prefill), another writes the answers (decode).`;
}

function fabricInWords({ fabric, name }: PdServiceSpec): string {
  return fabric.kind === 'none'
    ? 'Over TCP: the profile has no RDMA. That works and is slow: every prompt pays for it.'
    : [
        `Over RDMA (\`${fabric.resource}\`). The proof is in the decode logs, after the first request:`,
        '',
        '```sh',
        `kubectl logs -l app.kubernetes.io/name=${name},app.kubernetes.io/component=llminferenceservice-workload -c main | grep -E 'rc_mlx5|tcp/'`,
        '```',
        '',
        '`rc_mlx5` is RDMA, `tcp/` is not.',
      ].join('\n');
}

function row(
  spec: PdServiceSpec,
  title: string,
  of: (pool: PdServiceSpec['decode']) => string,
): string {
  return `| ${title} | ${of(spec.prefill)} | ${of(spec.decode)} |`;
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
