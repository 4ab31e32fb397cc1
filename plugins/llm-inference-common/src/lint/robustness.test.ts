import * as fc from 'fast-check';

import { goodPolicy, goodService, changed, D } from './__fixtures__/services';
import { LEVELS } from './Finding';
import { LINT_IDS } from './lintIds';
import { lintManifests } from './lintManifests';
import type { LintOptions } from './LintOptions';

const RUNS = Number(process.env.FUZZ_RUNS ?? 500);

const IDS: readonly string[] = Object.values(LINT_IDS).flat();

const OPTIONS: LintOptions = {
  kserveVersion: 'v0.16.0',
  tls: true,
  architecture: {
    attentionHeads: 28,
    kv: { kind: 'heads', kvHeads: 4 },
    parameters: 1e9,
    weightBytes: 1e12,
    encoderDecoder: true,
  },
  policy: { registries: [], pinnedImages: true },
  promptTokens: 100,
  handoverSeconds: 60,
  estimate: () => ({ fits: false }),
};

function* branches(
  value: unknown,
): Generator<[holder: Record<string, unknown>, key: string]> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    yield [holder, key];
    yield* branches(holder[key]);
  }
}

/** The good service with any of its values replaced by anything. */
const mutated = fc
  .array(
    fc.record({ at: fc.nat(), value: fc.oneof(fc.jsonValue(), fc.anything()) }),
    { minLength: 1, maxLength: 4 },
  )
  .map(mutations => {
    const service = goodService();
    for (const { at, value } of mutations) {
      const all = [...branches(service)];
      const [holder, key] = all[at % all.length];
      holder[key] = value;
    }
    return service;
  });

/** What is wrong with the findings themselves; empty where they are as promised. */
function problemsOf(objects: readonly unknown[]): string[] {
  const findings = lintManifests(objects, OPTIONS);
  const levels = findings.map(({ level }) => LEVELS.indexOf(level));
  return [
    ...(String(levels) === String([...levels].sort()) ? [] : ['order']),
    ...findings.flatMap(({ id, path, message }) =>
      IDS.includes(id) && typeof path === 'string' && message ? [] : [id],
    ),
  ];
}

describe('lintManifests', () => {
  it('never throws on anything', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), objects => {
        expect(problemsOf(objects)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('never throws on a service with wrong parts', () => {
    fc.assert(
      fc.property(mutated, service => {
        expect(problemsOf([service, goodPolicy])).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('changes nothing that it is given', () => {
    const before = goodService();
    lintManifests([before], OPTIONS);
    expect(before).toEqual(goodService());
  });

  it('survives cycles, depth and the aliases of a YAML bomb', () => {
    const cycle = goodService();
    cycle.spec = { template: { containers: [cycle] }, self: cycle };
    let deep: unknown = 'x';
    let wide: unknown = 'lol';
    for (let level = 0; level < 20_000; level++) deep = [deep];
    for (let level = 0; level < 60; level++) wide = { a: wide, b: wide };
    for (const extra of [deep, wide]) {
      const service = goodService();
      service.spec = { ...Object(service.spec), extra };
      expect(problemsOf([service])).toEqual([]);
    }
    expect(problemsOf([cycle])).toEqual([]);
  });

  it('does not repeat a secret that it finds', () => {
    const token = `hf_${'Zy9'.repeat(12)}`;
    for (const path of [
      `${D}.env[4]`,
      `${D}.env[3]`,
      `${D}.env[1]`,
      `${D}.env[0]`,
    ]) {
      for (const name of [
        'HF_TOKEN',
        'UCX_TLS',
        'KSERVE_INFER_ROCE',
        'VLLM_NIXL_SIDE_CHANNEL_HOST',
        'UCX_NET_DEVICES',
      ]) {
        const text = JSON.stringify(
          lintManifests(
            [
              changed({
                [path]: { name, value: token },
                [`${D}.image`]: `x/${token}`,
              }),
            ],
            OPTIONS,
          ),
        );
        expect(text).toContain('secret-inline');
        expect(text).not.toContain(token);
      }
    }
  });
});
