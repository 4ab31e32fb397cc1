import type { SamePlaces } from '../translation/flatten';
import { germanCauseTitles } from './germanTitles';
import type { saidTexts } from './said';

/** What the backend says, in German. */
export const saidGerman: SamePlaces<typeof saidTexts> = {
  cause: germanCauseTitles,
  healthy:
    '{{decodeReady}} von {{decodeDesired}} Decode- und {{prefillReady}} von {{prefillDesired}} Prefill-Replikaten bereit',
  healthyEngine: '{{decodeReady}} von {{decodeDesired}} Replikaten bereit',
  stopped:
    'Angehalten durch die Annotation serving.kserve.io/stop; ohne sie, oder mit "false", startet der Dienst',
};
