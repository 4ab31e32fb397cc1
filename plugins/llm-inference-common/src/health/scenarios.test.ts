import { expectScenario } from './testing/expectScenario';
import { loadScenarios } from './testing/loadScenarios';

describe('the scenarios of the contract', () => {
  it.each(loadScenarios().map(scenario => [scenario.name, scenario] as const))(
    '%s',
    (_, scenario) => {
      expect(expectScenario(scenario).summary).not.toBe('');
    },
  );
});
