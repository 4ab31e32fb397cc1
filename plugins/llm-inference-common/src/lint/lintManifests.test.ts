import type { LintId } from './lintIds';
import { LINT_IDS } from './lintIds';
import { lintManifests } from './lintManifests';
import { FIELD_CASES } from './__fixtures__/fieldCases';
import { KV_CONNECTOR_CASES } from './__fixtures__/kvConnectorCases';
import { KV_PATH_CASES } from './__fixtures__/kvPathCases';
import { KV_POLICY_CASES } from './__fixtures__/kvPolicyCases';
import { LIFECYCLE_CASES } from './__fixtures__/lifecycleCases';
import { NETWORK_CASES } from './__fixtures__/networkCases';
import { RDMA_CASES } from './__fixtures__/rdmaCases';
import type { RuleCases } from './__fixtures__/ruleCases';
import { SECURITY_CASES } from './__fixtures__/securityCases';
import { changed, goodPolicy, goodService } from './__fixtures__/services';
import { SHAPE_CASES } from './__fixtures__/shapeCases';
import { UCX_CASES } from './__fixtures__/ucxCases';

/** Tests by rule; a rule without tests does not compile. */
const CASES: Readonly<Record<LintId, RuleCases>> = {
  ...SHAPE_CASES,
  ...FIELD_CASES,
  ...KV_CONNECTOR_CASES,
  ...KV_PATH_CASES,
  ...KV_POLICY_CASES,
  ...RDMA_CASES,
  ...UCX_CASES,
  ...NETWORK_CASES,
  ...LIFECYCLE_CASES,
  ...SECURITY_CASES,
};

it('finds nothing wrong with a service as it should be', () => {
  expect(lintManifests([goodService(), goodPolicy], { tls: false })).toEqual(
    [],
  );
});

describe.each(Object.values(LINT_IDS).flat())('%s', id => {
  const { faulty, fine } = CASES[id];
  const find = (test: (typeof fine)[number]) =>
    lintManifests(
      test.objects ?? [changed(test.changes ?? {}), goodPolicy],
      test.options,
    ).filter(finding => finding.id === id);

  it.each(faulty)('finds $why', test => {
    const findings = find(test);
    expect(
      findings.map(({ level, path, unverified }) =>
        unverified ? [level, path, 'unverified'] : [level, path],
      ),
    ).toEqual(test.finds);
    for (const { message, fix } of findings) {
      expect(message).toMatch(/[.)]$/);
      expect(fix).toMatch(/\S/);
    }
  });

  it.each(fine)('is silent on $why', test => {
    expect(find(test)).toEqual([]);
  });
});
