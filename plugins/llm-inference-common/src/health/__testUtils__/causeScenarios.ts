import type { Observation } from '../Observation';
import { creationScenarios } from '../causes/creation.scenarios';
import { engineScenarios } from '../causes/engine.scenarios';
import { imageScenarios } from '../causes/image.scenarios';
import { interplayScenarios } from '../causes/interplay.scenarios';
import { kvPairingScenarios } from '../causes/kvPairing.scenarios';
import { kvPathScenarios } from '../causes/kvPath.scenarios';
import { kvStartScenarios } from '../causes/kvStart.scenarios';
import { kvTransferScenarios } from '../causes/kvTransfer.scenarios';
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
  ...kvPairingScenarios,
  ...kvPathScenarios,
  ...kvStartScenarios,
  ...kvTransferScenarios,
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
