import type { SamePlaces } from '../translation/flatten';

/** The English texts of the manifest. */
export const manifestTexts = {
  of: 'Manifest of {{name}}',
  copy: 'Copy manifest',
  reading: 'Reading the manifest…',
  read: 'Read from {{cluster}} at {{time}}, without secrets',
  failed: 'The manifest could not be read',
  retry: 'Try again',
  outdated: 'The newest version could not be read: {{message}}',
  findings: 'Findings',
  none: 'The checks find nothing wrong',
  noneDescription: 'Every check that applies to this manifest passes.',
  line: 'Line {{line}}',
  unverified: 'Depends on something that could not be seen.',
  level: {
    error: 'Error',
    warning: 'Warning',
    info: 'Advice',
  },
} as const;

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
