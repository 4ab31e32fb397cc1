import type { SamePlaces } from '../translation/flatten';

/** The English texts of drift. */
export const driftTexts = {
  title: 'Git and cluster',
  state: {
    InSync: 'In sync with Git',
    Differs: 'Differs from Git',
    NotDeployed: 'In Git, not deployed',
    NotInGit: 'Not in Git',
    Unknown: 'Not compared with Git',
  },
  differences_one: '{{count}} difference',
  differences_other: '{{count}} differences',
  inSync:
    'What runs is what the manifest on the tracked branch says; defaults, order and units do not count.',
  differs: 'What runs is not what the manifest on the tracked branch says.',
  table: 'Differences between Git and cluster',
  column: {
    path: 'Field',
    change: 'Difference',
    desired: 'Git says',
    live: 'Cluster runs',
  },
  change: {
    Changed: 'Changed',
    OnlyInGit: 'Only in Git',
    OnlyInCluster: 'Only in the cluster',
  },
  nothing: 'nothing',
  more_one: 'and {{count}} more difference',
  more_other: 'and {{count}} more differences',
  source: 'Open the manifest in Git',
  revision: 'at commit {{revision}}',
  tool: {
    ArgoCd: 'Argo CD',
    Flux: 'Flux',
  },
  sync: {
    Synced: 'synced',
    OutOfSync: 'out of sync',
    Syncing: 'syncing',
    Failed: 'failed to sync',
    Unknown: 'unknown',
  },
  health: 'health: {{health}}',
  last: 'last sync {{time}}',
  says: '{{tool}} says',
} as const;

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
