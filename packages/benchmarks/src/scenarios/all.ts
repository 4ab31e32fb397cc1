import type { Scenario } from '../harness/Scenario';
import { assessServiceScenario } from './assessService';
import { badCluster } from './badCluster';
import { cardBundle } from './cardBundle';
import { cardPage } from './cardPage';
import { catalogRound } from './catalogRound';
import { churn } from './churn';
import { coldStart } from './coldStart';
import { freshness } from './freshness';
import { generateAndLintScenario } from './generateAndLint';
import { ingest } from './ingest';
import { initialSync } from './initialSync';
import { memory } from './memory';
import { metrics } from './metrics';
import { pageView } from './pageView';
import { statusRead } from './statusRead';

/** Every scenario, in the order in which they run on one fleet. */
export const SCENARIOS: readonly Scenario[] = [
  initialSync,
  memory,
  statusRead,
  pageView,
  freshness,
  churn,
  ingest,
  badCluster,
  assessServiceScenario,
  generateAndLintScenario,
  cardBundle,
  cardPage,
  coldStart,
  metrics,
  catalogRound,
];
