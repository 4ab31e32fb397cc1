import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';

import { lintManifests } from '../../lint/lintManifests';
import { arbitrarySpec } from '../__testUtils__/arbitrarySpecs';
import { CRDS_DIR, loadCrdCheck } from '../__testUtils__/crdCheck';
import { readPdServiceSpec } from '../read/readPdServiceSpec';
import { parsePdServiceSpec } from '../spec/parsePdServiceSpec';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { GenerateOptions } from './GenerateOptions';
import { generateManifests } from './generateManifests';

/** Number of generated specs; CI sets 10,000. */
const RUNS = Number(process.env.SPEC_FUZZ_RUNS ?? 200);

const EVERYTHING: GenerateOptions = {
  layout: 'own',
  repository: {
    provider: 'github',
    host: 'github.com',
    owner: 'platform',
    name: 'llm-gitops',
    branch: 'main',
    path: 'services',
  },
  controller: { kind: 'argocd', namespace: 'argocd', project: 'default' },
  monitoring: {
    namespace: 'monitoring',
    labels: { release: 'prometheus' },
    schedulerTokenSecret: 'llm-inference-metrics-reader',
  },
};

const EXPECTED = [
  ...['hf', 's3', 'pvc', 'oci'].map(scheme => `model ${scheme}`),
  ...['roce', 'infiniband', 'efa', 'amd', 'none'].map(kind => `fabric ${kind}`),
  'decode several nodes',
  'prefill several nodes',
  'mixed topology',
  'pipeline',
  'LoRA',
  'offloading',
  'static',
  'wva-hpa',
  'wva-keda',
  'keda',
  'CPU',
  'several clusters',
];

describe(`manifests of ${RUNS} generated specs`, () => {
  const coverage = new Map<string, number>();
  afterAll(() => {
    const lines = [...coverage]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, times]) => `${what}: ${times}`);
    process.stdout.write(`coverage of ${RUNS} specs: ${lines.join(', ')}\n`);
  });

  it('parse back to the same spec, whose complete form is stable', () => {
    fc.assert(
      fc.property(arbitrarySpec, spec => {
        count(spec, coverage);
        const files = generateManifests(spec, EVERYTHING);
        expect(readPdServiceSpec(files)).toEqual({ ok: true, value: spec });
        expect(parsePdServiceSpec(spec)).toEqual({ ok: true, value: spec });
      }),
      { numRuns: RUNS },
    );
    for (const expected of EXPECTED) {
      expect(coverage.get(expected) ?? 0).toBeGreaterThan(0);
    }
  });

  it('have no finding above info', () => {
    fc.assert(
      fc.property(arbitrarySpec, spec => {
        const objects = generateManifests(spec, EVERYTHING).flatMap(
          file => file.objects ?? [],
        );
        const findings = lintManifests(objects, {
          kserveVersion: `v${spec.kserveVersion}`,
          policy: { pinnedImages: true },
        });
        expect(findings.filter(({ level }) => level !== 'info')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('say in YAML what they say as objects, for a reader of YAML 1.1 too', () => {
    fc.assert(
      fc.property(arbitrarySpec, spec => {
        const files = generateManifests(spec, EVERYTHING).filter(
          file => file.objects,
        );
        const read = (version: '1.1' | '1.2') =>
          files.map(({ content }) =>
            parseAllDocuments(content, { version }).map(document =>
              document.toJS(),
            ),
          );
        expect(read('1.2')).toEqual(files.map(file => file.objects));
        expect(read('1.1')).toEqual(files.map(file => file.objects));
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});

(CRDS_DIR ? describe : describe.skip)(
  `manifests against the real CRDs${
    CRDS_DIR ? '' : ' (skipped: KSERVE_CRDS_DIR is not set)'
  }`,
  () => {
    it('satisfy the schema and every CEL rule', () => {
      const check = loadCrdCheck();
      fc.assert(
        fc.property(arbitrarySpec, spec => {
          const service = generateManifests(spec)
            .flatMap(file => file.objects ?? [])
            .find(({ kind }) => kind === 'LLMInferenceService');
          expect(check(service)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    });

    it('are told from wrong ones', () => {
      const check = loadCrdCheck();
      const service = generateManifests(fc.sample(arbitrarySpec, 1)[0])
        .flatMap(file => file.objects ?? [])
        .find(({ kind }) => kind === 'LLMInferenceService');
      const broken = JSON.parse(JSON.stringify(service));
      broken.spec.replicas = 1;
      broken.spec.scaling = { maxReplicas: 2 };
      broken.spec.template = { spec: broken.spec.template };
      const errors = check(broken).join('\n');
      expect(errors).toContain('.spec.template.spec: is an unknown field');
      expect(errors).toContain('replicas and scaling are mutually exclusive');
      expect(errors).toContain('either wva or keda must be specified');
    });
  },
);

function count(spec: PdServiceSpec, coverage: Map<string, number>): void {
  const { decode, prefill } = spec;
  const seen: Record<string, boolean> = {
    [`model ${spec.model.uri.split(':')[0]}`]: true,
    [`fabric ${spec.fabric.kind}`]: true,
    'decode several nodes': decode.multiNode === true,
    'prefill several nodes': prefill.multiNode === true,
    'mixed topology': decode.multiNode !== prefill.multiNode,
    pipeline: (prefill.parallelism.pipeline ?? 1) > 1,
    LoRA: spec.model.lora !== undefined,
    offloading: spec.kvTransfer.offloading !== undefined,
    [decode.scaling?.mode ?? 'static']: true,
    CPU: decode.gpu === undefined,
    'several clusters': spec.otherClusters !== undefined,
  };
  for (const [what, is] of Object.entries(seen)) {
    if (is) coverage.set(what, (coverage.get(what) ?? 0) + 1);
  }
}
