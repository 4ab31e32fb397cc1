import type { SourceFile } from './ServiceSource';

const NOTICE = '> **Retired.**';

/** The README of a repository whose service is retired: what it said, below a notice. Twice is once. */
export function retiredReadme(
  readme: SourceFile | undefined,
  name: string,
): SourceFile {
  const { path, content } = readme ?? {
    path: 'README.md',
    content: `# ${name}\n`,
  };
  if (content.startsWith(NOTICE)) return { path, content };
  return {
    path,
    content: [
      `${NOTICE} The LLM service \`${name}\` no longer runs. Its manifests were removed by the change that put this notice`,
      '> here, and are in the history of the repository. Below is what it was.',
      '',
      content,
    ].join('\n'),
  };
}
