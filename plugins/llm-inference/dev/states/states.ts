import { awayStates } from './away';
import type { DevState } from './DevState';
import { gitStates } from './git';
import { shapeStates } from './shapes';
import { verdictStates } from './verdicts';

/** Every state that a card can be in, by name. */
export const devStates: Record<string, DevState> = {
  ...verdictStates,
  ...shapeStates,
  ...gitStates,
  ...awayStates,
};
