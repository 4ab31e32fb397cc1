import { CAUSE_IDS } from 'backstage-plugin-llm-inference-common';
import type { CauseId } from 'backstage-plugin-llm-inference-common';
import type { SamePlaces } from '../translation/flatten';
import { germanCauseTitles } from './germanTitles';

/** English is what the backend speaks: its words go through as they are. */
const asSaid = Object.fromEntries(
  Object.values(CAUSE_IDS)
    .flat()
    .map(id => [id, '{{title}}']),
) as Record<CauseId, '{{title}}'>;

/**
 * What the backend says in English, for other languages to say in theirs. They may use the words of the backend
 * and the numbers that come with them.
 */
export const saidTexts = {
  cause: asSaid,
  healthy: '{{summary}}',
  healthyEngine: '{{summary}}',
  stopped: '{{summary}}',
} as const;

/** The same in German. */
export const saidGerman: SamePlaces<typeof saidTexts> = {
  cause: germanCauseTitles,
  healthy:
    '{{decodeReady}} von {{decodeDesired}} Decode- und {{prefillReady}} von {{prefillDesired}} Prefill-Replikaten bereit',
  healthyEngine: '{{decodeReady}} von {{decodeDesired}} Replikaten bereit',
  stopped:
    'Angehalten durch die Annotation serving.kserve.io/stop; ohne sie, oder mit "false", startet der Dienst',
};
