import { assessService } from '../assessService';
import type { ServingHealth } from '../ServingHealth';
import type { Scenario } from './loadScenarios';

/** The first cause that is not Info; null where there is none. */
export function rootCauseOf(health: ServingHealth) {
  return health.causes.find(({ severity }) => severity !== 'Info')?.id ?? null;
}

/** Assesses a scenario and checks everything that it expects. */
export function expectScenario(scenario: Scenario): ServingHealth {
  const health = assessService(scenario);
  const { expect: expected } = scenario;
  const ids = health.causes.map(({ id }) => id);
  expect({
    verdict: health.verdict,
    rootCause: rootCauseOf(health),
    missing: expected.causes.filter(id => !ids.includes(id)),
    forbidden: (expected.notCauses ?? []).filter(id => ids.includes(id)),
    summary: health.summary,
  }).toEqual({
    verdict: expected.verdict,
    rootCause: expected.rootCause,
    missing: [],
    forbidden: [],
    summary: expect.any(String),
  });
  if (expected.onlyCauses) {
    expect(
      health.causes
        .filter(({ severity }) => severity !== 'Info')
        .map(({ id }) => id)
        .filter(id => !expected.causes.includes(id)),
    ).toEqual([]);
  }
  expect(health.pools).toMatchObject(expected.pools ?? {});
  expect(health.kvTransfer).toMatchObject(expected.kvTransfer ?? {});
  return health;
}
