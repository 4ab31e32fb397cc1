import type {
  LocatedFinding,
  MetricSeries,
  ServiceManifest,
  ServiceMetrics,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { NOW } from '../src/__testUtils__/services';

const INTERVAL_SECONDS = 30;
const POINTS = 30;

/** A wave around a value, with a gap where nothing could be read. */
const wave = (around: number, swing = 0.1) =>
  Array.from({ length: POINTS }, (_, index) =>
    index === 12 ? null : around * (1 + swing * Math.sin(index / 3)),
  );

const SERIES: Array<Omit<MetricSeries, 'title'>> = [
  {
    id: 'kv-transfer-bandwidth',
    unit: 'bytes/s',
    part: 'decode',
    values: wave(11e9),
  },
  ...[0.5, 0.95, 0.99].map((quantile, index) => ({
    id: 'inter-token-latency' as const,
    unit: 'seconds' as const,
    part: 'decode' as const,
    quantile,
    values: wave([0.011, 0.024, 0.036][index]),
  })),
  {
    id: 'request-rate',
    unit: 'requests/s',
    part: 'decode',
    values: wave(2, 0.4),
  },
];

/** A quarter of an hour of measurement, ending now; the scheduler stays closed. */
export function devMetrics(service: ServiceRef): ServiceMetrics {
  const until = Date.now();
  return {
    service,
    source: 'PodProxy',
    intervalSeconds: INTERVAL_SECONDS,
    windowSeconds: 4 * INTERVAL_SECONDS,
    times: Array.from({ length: POINTS }, (_, index) =>
      new Date(
        until - (POINTS - 1 - index) * INTERVAL_SECONDS * 1000,
      ).toISOString(),
    ),
    series: SERIES.map(each => ({ ...each, title: each.id })),
    unmeasured: [
      {
        pod: 'qwen-kserve-router-scheduler-0',
        problem: 'Unmeasured',
        message: 'The scheduler wants a token for its metrics',
      },
    ],
  };
}

/** A manifest with a finding of each level. */
export function devManifest(service: ServiceRef): ServiceManifest {
  const { namespace, name } = service;
  const finding = (
    id: LocatedFinding['id'],
    level: 'error' | 'warning' | 'info',
    path: string,
    line: number,
    message: string,
    fix: string,
  ) => ({
    id,
    level,
    object: `LLMInferenceService/${name}`,
    path,
    message,
    fix,
    line,
    endLine: line,
  });
  return {
    service,
    readAt: NOW,
    yaml: [
      'apiVersion: serving.kserve.io/v1alpha2',
      'kind: LLMInferenceService',
      'metadata:',
      `  name: ${name}`,
      `  namespace: ${namespace}`,
      'spec:',
      '  model:',
      '    uri: hf://Qwen/Qwen2-7B-Instruct',
      '  replicas: 4',
      '  prefill:',
      '    replicas: 2',
      '    template:',
      '      containers:',
      '        - name: main',
      '          image: vllm/vllm-openai:latest',
      '',
    ].join('\n'),
    findings: [
      finding(
        'kv-connector-missing',
        'error',
        'spec.prefill.template.containers[0]',
        14,
        'Prefill has no KV connector.',
        'Add --kv-transfer-config to VLLM_ADDITIONAL_ARGS.',
      ),
      finding(
        'image-not-pinned',
        'warning',
        'spec.prefill.template.containers[0].image',
        15,
        'The image is not pinned.',
        'Name it by digest.',
      ),
      finding(
        'anti-affinity-missing',
        'info',
        'spec.replicas',
        9,
        'Both pools may share a node.',
        'Prefer anti-affinity between the pools.',
      ),
    ],
  };
}
