import { expectScenario } from './__testUtils__/expectScenario';
import { loadScenarios } from './__testUtils__/loadScenarios';

describe('the scenarios of the contract', () => {
  it.each(loadScenarios().map(scenario => [scenario.name, scenario] as const))(
    '%s',
    (_, scenario) => {
      expect(expectScenario(scenario).summary).not.toBe('');
    },
  );
});
