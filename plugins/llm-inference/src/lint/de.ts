import { flatten, type SamePlaces } from '../translation/flatten';
import { disaggregationGerman } from './german/disaggregation';
import { lifecycleGerman } from './german/lifecycle';
import { networkGerman } from './german/network';
import { securityGerman } from './german/security';
import { shapeGerman } from './german/shape';
import type { lintMessages } from './messages';

const german: SamePlaces<typeof lintMessages> = {
  ...shapeGerman,
  ...disaggregationGerman,
  ...networkGerman,
  ...lifecycleGerman,
  ...securityGerman,
};

export default flatten(german);
