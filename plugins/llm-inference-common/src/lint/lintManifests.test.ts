import { LINT_IDS } from './lintIds';
import { lintManifests } from './lintManifests';
import { CASES } from './__fixtures__/allCases';
import { changed, goodPolicy, goodService } from './__fixtures__/services';

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
