import type { Scenario } from '../harness/Scenario';
import { assessServiceScenario } from './assessService';
import { generateAndLintScenario } from './generateAndLint';
import { statusRead } from './statusRead';

/** Every scenario, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  statusRead,
  assessServiceScenario,
  generateAndLintScenario,
];
