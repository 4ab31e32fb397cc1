import { assessService } from '../assessService';
import { CAUSE_IDS, type CauseId } from '../CauseId';
import { CAUSE_DEFINITIONS } from './registry';
import { rootCauseOf } from '../__testUtils__/expectScenario';
import { loadScenarios } from '../__testUtils__/loadScenarios';
import { CAUSE_SCENARIOS as SCENARIOS } from '../__testUtils__/causeScenarios';
import type { CauseScenario } from '../__testUtils__/CauseScenario';
import { ServiceBuilder } from '../__testUtils__/ServiceBuilder';

const ALL_IDS: CauseId[] = Object.values(CAUSE_IDS).flat();

function assess({ build }: CauseScenario) {
  const service = new ServiceBuilder();
  build(service);
  return assessService(service.observe());
}

it('starts from a service without any fault', () => {
  const health = assessService(new ServiceBuilder().observe());
  expect(health).toMatchObject({ verdict: 'Healthy', causes: [] });
});

describe.each(ALL_IDS)('%s', id => {
  const own = SCENARIOS.filter(({ cause }) => cause === id);
  const roots = own.filter(({ kind }) => kind === 'root');
  const nearMisses = own.filter(({ kind }) => kind === 'nearMiss');

  it.each(roots.map(scenario => [scenario.why, scenario] as const))(
    'is the root: %s',
    (_, scenario) => {
      const health = assess(scenario);
      expect(rootCauseOf(health)).toBe(id);
      const cause = health.causes.find(found => found.id === id);
      expect(cause).toMatchObject({
        ...(scenario.severity && { severity: scenario.severity }),
        subjects: [expect.any(String), ...(cause?.subjects.slice(1) ?? [])],
        evidence: [expect.anything(), ...(cause?.evidence.slice(1) ?? [])],
      });
      expect(
        scenario.verdict ? [scenario.verdict] : ['Degraded', 'Unavailable'],
      ).toContain(health.verdict);
    },
  );

  it.each(nearMisses.map(scenario => [scenario.why, scenario] as const))(
    'is not there: %s',
    (_, scenario) => {
      const health = assess(scenario);
      expect(health.causes.map(cause => cause.id)).not.toContain(id);
      expect(health.verdict).toBe(scenario.verdict ?? health.verdict);
    },
  );
});

it('knows the cause of every scenario', () => {
  const unknown = SCENARIOS.filter(({ cause }) => !ALL_IDS.includes(cause));
  expect(unknown.map(({ cause, why }) => `${cause}: ${why}`)).toEqual([]);
});

it('has one definition for every id', () => {
  expect(CAUSE_DEFINITIONS.map(({ id }) => id).sort()).toEqual(
    [...ALL_IDS].sort(),
  );
});

it('has a scenario where it is the root and a near miss, for every id', () => {
  const given = loadScenarios();
  const rows = ALL_IDS.map(id => ({
    id,
    roots: [
      ...given.filter(({ expect: e }) => e.rootCause === id).map(s => s.name),
      ...SCENARIOS.filter(s => s.cause === id && s.kind === 'root').map(
        s => s.why,
      ),
    ],
    nearMisses: [
      ...given
        .filter(({ expect: e }) => e.notCauses?.includes(id))
        .map(s => s.name),
      ...SCENARIOS.filter(s => s.cause === id && s.kind === 'nearMiss').map(
        s => s.why,
      ),
    ],
  }));
  process.stdout.write(
    `${rows
      .map(
        ({ id, roots, nearMisses }) =>
          `${id.padEnd(30)} root: ${roots.join(' | ')}\n${''.padEnd(
            30,
          )} not:  ${nearMisses.join(' | ')}`,
      )
      .join('\n')}\n`,
  );
  expect(
    rows
      .filter(({ roots, nearMisses }) => !roots.length || !nearMisses.length)
      .map(({ id }) => id),
  ).toEqual([]);
});
