import type { CauseDefinition } from './CauseDefinition';
import { schedulingCauses } from './scheduling';
import { stateCauses } from './state';

/** Every cause, by group; inside a group in the order of evaluation. */
export const CAUSE_DEFINITIONS: readonly CauseDefinition[] = [
  ...schedulingCauses,
  ...stateCauses,
];
