import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { repositoryFile } from '../repositoryFile';

const OURS = 'backstage-plugin-llm-inference';

/** The example portal's frontend as it is deployed. */
export interface BuiltApp {
  /** Folder with `index.html` and all that it loads. */
  folder: string;
  remove(): void;
}

/**
 * Builds the example portal's frontend for production, with all its plugins or without ours.
 *
 * @throws Error with what the build said, where it failed
 */
export async function buildApp({ ours }: { ours: boolean }): Promise<BuiltApp> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-app-'));
  const overlay = join(folder, 'overlay.yaml');
  writeFileSync(
    overlay,
    stringify({ app: { packages: { exclude: ours ? [] : [OURS] } } }),
  );
  const app = repositoryFile('packages/app');
  await promisify(execFile)(
    process.execPath,
    [
      require.resolve('@backstage/cli/bin/backstage-cli'),
      ...['package', 'build'],
      ...['--config', repositoryFile('app-config.yaml')],
      ...['--config', overlay],
    ],
    {
      cwd: app,
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      maxBuffer: 1e8,
    },
  );
  cpSync(join(app, 'dist'), folder, { recursive: true });
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
