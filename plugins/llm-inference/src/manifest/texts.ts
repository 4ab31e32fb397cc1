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
