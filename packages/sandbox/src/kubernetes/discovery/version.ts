/** The Kubernetes release whose behaviour the sandbox follows. */
export const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.4',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-04-22T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: 'sandbox',
};
