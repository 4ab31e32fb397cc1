import type { PdServiceSpec } from 'backstage-plugin-llm-inference-common';

import type { Review } from '../planner/reviewPlan';

/** A plan in words, as Markdown: the text of the pull request and of the log. */
export function describePlan(
  spec: PdServiceSpec,
  { findings, capacity }: Review,
): string {
  const row = (name: 'decode' | 'prefill') => {
    const pool = spec[name];
    const replicas = pool.scaling
      ? `${pool.scaling.minReplicas}–${pool.scaling.maxReplicas}`
      : `${pool.replicas}`;
    const gpus = pool.gpu
      ? `${pool.gpu.count} × \`${pool.gpu.resource}\``
      : 'none';
    return `| ${name} | ${replicas} | ${gpus} | ${pool.memory.limit} |`;
  };
  return [
    `Serves \`${spec.model.name}\` from \`${spec.model.uri}\` with separate prefill and decode pools.`,
    '',
    '| pool | replicas | GPUs per pod | memory |',
    '| --- | --- | --- | --- |',
    row('prefill'),
    row('decode'),
    '',
    `- cluster \`${spec.cluster}\`, namespace \`${spec.namespace}\``,
    `- KV cache over ${fabricInWords(spec)}`,
    ...(spec.profile ? [`- profile \`${spec.profile}\``] : []),
    ...(capacity?.advice ?? []).map(({ text }) => `- ${text}`),
    '',
    ...(findings.length
      ? [
          'Findings of the checks:',
          '',
          ...findings.map(
            ({ level, id, path, message }) =>
              `- ${level} \`${id}\` at \`${path}\`: ${message}`,
          ),
        ]
      : ['The checks found nothing.']),
    '',
  ].join('\n');
}

function fabricInWords({ fabric }: PdServiceSpec): string {
  return fabric.resource
    ? `${fabric.kind} (\`${fabric.resource}\`)`
    : 'TCP: this profile has no RDMA, so every prompt pays for a slow transfer';
}
