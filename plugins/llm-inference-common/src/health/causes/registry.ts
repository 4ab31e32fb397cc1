import type { CauseDefinition } from './CauseDefinition';
import { controlPlaneCauses } from './controlPlane';
import { crashCauses } from './crash';
import { creationCauses } from './creation';
import { engineCauses } from './engine';
import { imageCauses } from './image';
import { kvPairingCauses } from './kvPairing';
import { kvPathCauses, versionCauses } from './kvPath';
import { kvStartCauses } from './kvStart';
import { kvTransferCauses } from './kvTransfer';
import { lostPodCauses } from './lostPods';
import { modelCauses } from './model';
import { networkCauses } from './network';
import { observationCauses } from './observation';
import { probeCauses } from './probes';
import { rolloutCauses } from './rollout';
import { routerCauses } from './router';
import { schedulingCauses } from './scheduling';
import { stateCauses } from './state';

/** Every cause; inside a step in the order of evaluation. */
export const CAUSE_DEFINITIONS: readonly CauseDefinition[] = [
  ...observationCauses,
  ...controlPlaneCauses,
  ...creationCauses,
  ...lostPodCauses,
  ...schedulingCauses,
  ...networkCauses,
  ...imageCauses,
  ...modelCauses,
  ...kvStartCauses,
  ...engineCauses,
  ...probeCauses,
  ...crashCauses,
  ...kvPairingCauses,
  ...versionCauses,
  ...kvTransferCauses,
  ...kvPathCauses,
  ...routerCauses,
  ...rolloutCauses,
  ...stateCauses,
];
