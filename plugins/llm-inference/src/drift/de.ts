import type { SamePlaces } from '../translation/flatten';
import type { driftTexts } from './texts';

/** The German texts of drift. */
export const driftGerman: SamePlaces<typeof driftTexts> = {
  title: 'Git und Cluster',
  state: {
    InSync: 'Wie in Git',
    Differs: 'Weicht von Git ab',
    NotDeployed: 'In Git, nicht ausgerollt',
    NotInGit: 'Nicht in Git',
    Unknown: 'Nicht mit Git verglichen',
  },
  differences_one: '{{count}} Abweichung',
  differences_other: '{{count}} Abweichungen',
  inSync:
    'Es läuft, was das Manifest auf dem verfolgten Zweig sagt; Vorgaben, Reihenfolge und Einheiten zählen nicht.',
  differs: 'Es läuft nicht, was das Manifest auf dem verfolgten Zweig sagt.',
  table: 'Abweichungen zwischen Git und Cluster',
  column: {
    path: 'Feld',
    change: 'Abweichung',
    desired: 'Git sagt',
    live: 'Im Cluster läuft',
  },
  change: {
    Changed: 'Geändert',
    OnlyInGit: 'Nur in Git',
    OnlyInCluster: 'Nur im Cluster',
  },
  nothing: 'nichts',
  more_one: 'und {{count}} weitere Abweichung',
  more_other: 'und {{count}} weitere Abweichungen',
  source: 'Manifest in Git öffnen',
  revision: 'bei Commit {{revision}}',
  tool: {
    ArgoCd: 'Argo CD',
    Flux: 'Flux',
  },
  sync: {
    Synced: 'abgeglichen',
    OutOfSync: 'nicht abgeglichen',
    Syncing: 'gleicht ab',
    Failed: 'Abgleich fehlgeschlagen',
    Unknown: 'unbekannt',
  },
  health: 'Zustand: {{health}}',
  last: 'letzter Abgleich {{time}}',
  says: '{{tool}} sagt',
};
