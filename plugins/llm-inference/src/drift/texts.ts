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
