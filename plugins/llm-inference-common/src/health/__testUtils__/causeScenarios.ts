import type { Observation } from '../Observation';
import { creationScenarios } from '../causes/creation.scenarios';
import { engineScenarios } from '../causes/engine.scenarios';
import { imageScenarios } from '../causes/image.scenarios';
import { interplayScenarios } from '../causes/interplay.scenarios';
import { kvScenarios } from '../causes/kv.scenarios';
import { modelScenarios } from '../causes/model.scenarios';
import { networkScenarios } from '../causes/network.scenarios';
import { routerScenarios } from '../causes/router.scenarios';
import { schedulingScenarios } from '../causes/scheduling.scenarios';
import { workloadScenarios } from '../causes/workload.scenarios';
import type { CauseScenario } from './CauseScenario';
import { ServiceBuilder } from './ServiceBuilder';

/** Every scenario of a cause, by group. */
export const CAUSE_SCENARIOS: readonly CauseScenario[] = [
  ...schedulingScenarios,
  ...creationScenarios,
  ...networkScenarios,
  ...imageScenarios,
  ...modelScenarios,
  ...engineScenarios,
  ...kvScenarios,
  ...workloadScenarios,
  ...routerScenarios,
  ...interplayScenarios,
];

/** The observations of all scenarios, as a starting point for mutations. */
export const SCENARIO_OBSERVATIONS: readonly Observation[] =
  CAUSE_SCENARIOS.map(({ build }) => {
    const service = new ServiceBuilder();
    build(service);
    return service.observe();
  });
