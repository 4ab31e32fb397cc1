import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { UPSTREAM_SAMPLES } from './__fixtures__/upstreamSamples';
import { lintManifests } from './lintManifests';

const DECODE = 'spec.template.containers[0]';
const PREFILL = 'spec.prefill.template.containers[0]';

/** Everything that is to be found in each sample with TLS off: level, id, path. */
const EXPECTED: Readonly<Record<string, string[]>> = {
  'llm-inference-service-pd-qwen2-7b-gpu.yaml': [
    `error probe-misconfigured ${PREFILL}.livenessProbe.httpGet.scheme`,
    `error probe-misconfigured ${DECODE}.livenessProbe.httpGet.port`,
    `error probe-misconfigured ${DECODE}.livenessProbe.httpGet.scheme`,
    'info side-channel-network-policy spec.prefill',
    'info service-account spec.prefill.template.automountServiceAccountToken',
    `info prefill-termination-message ${PREFILL}.terminationMessagePolicy`,
    'info anti-affinity-missing spec.template.affinity.podAntiAffinity',
  ],
  'llm-inference-service-pd-facebook-opt-125m-cpu.yaml': [
    `error kv-connector-missing ${PREFILL}`,
    `error kv-connector-missing ${DECODE}`,
    `warning image-not-pinned ${PREFILL}.image`,
    `warning image-not-pinned ${DECODE}.image`,
    'info disaggregation-not-worth-it spec.prefill',
    'info service-account spec.prefill.template.automountServiceAccountToken',
    `info prefill-termination-message ${PREFILL}.terminationMessagePolicy`,
  ],
  'llm-inference-service-qwen2-7b-gpu.yaml': [
    `error probe-misconfigured ${DECODE}.livenessProbe.httpGet.scheme`,
    'info service-account spec.template.automountServiceAccountToken',
  ],
};

const judge = (manifest: unknown) =>
  lintManifests([manifest], { tls: false }).map(
    ({ level, id, path }) => `${level} ${id} ${path}`,
  );

describe('samples as KServe publishes them', () => {
  it.each(Object.entries(EXPECTED))('%s', (file, expected) => {
    expect(judge(UPSTREAM_SAMPLES[file])).toEqual(expected);
  });
});

const folder = process.env.KSERVE_SAMPLES_DIR;

(folder ? describe : describe.skip)(
  `the published files themselves${
    folder ? '' : ' (skipped: KSERVE_SAMPLES_DIR is not set)'
  }`,
  () => {
    it.each(Object.entries(EXPECTED))('%s', (file, expected) => {
      const text = readFileSync(join(folder ?? '', file), 'utf8');
      expect(judge(parse(text))).toEqual(expected);
    });
  },
);
