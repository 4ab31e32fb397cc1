import type { SamePlaces } from '../translation/flatten';
import type { manifestTexts } from './texts';

/** The German texts of the manifest. */
export const manifestGerman: SamePlaces<typeof manifestTexts> = {
  of: 'Manifest von {{name}}',
  copy: 'Manifest kopieren',
  reading: 'Das Manifest wird gelesen …',
  read: 'Um {{time}} aus {{cluster}} gelesen, ohne Geheimnisse',
  failed: 'Das Manifest konnte nicht gelesen werden',
  retry: 'Noch einmal versuchen',
  outdated: 'Die neueste Fassung konnte nicht gelesen werden: {{message}}',
  findings: 'Befunde',
  none: 'Die Prüfungen beanstanden nichts',
  noneDescription:
    'Jede Prüfung, die auf dieses Manifest zutrifft, ist bestanden.',
  line: 'Zeile {{line}}',
  unverified: 'Hängt von etwas ab, das nicht zu sehen war.',
  level: {
    error: 'Fehler',
    warning: 'Warnung',
    info: 'Rat',
  },
};
