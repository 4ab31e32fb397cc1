/**
 * Software bills of materials (CycloneDX, JSON) of every published package and of the example portal, without
 * development dependencies: .cache/sbom/<package>.cdx.json.
 *
 *   yarn sbom
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { publishedPackages } from '../packages/published.mjs';
import { run } from '../packages/run.mjs';

const outDir = path.join(root, '.cache', 'sbom');

/** What is published, and what the container image holds. */
function subjects() {
  const portal = ['app', 'backend'].map(name => ({
    name,
    dir: path.join(root, 'packages', name),
  }));
  return [...publishedPackages(), ...portal];
}

/** Writes all of them; answers with name and file of each. */
export async function writeBills({ yarn, env } = prepare()) {
  fs.rmSync(outDir, { recursive: true, force: true });
  fs.mkdirSync(outDir, { recursive: true });
  const plugin = path.join(
    root,
    ...['node_modules', '@cyclonedx', 'yarn-plugin-cyclonedx'],
    'yarn-plugin-cyclonedx.cjs',
  );
  const bills = [];
  for (const { name, dir } of subjects()) {
    const file = path.join(outDir, `${name}.cdx.json`);
    await run(
      [
        ...yarn,
        ...['cyclonedx', '--production', '--output-reproducible'],
        ...['--output-file', file],
      ],
      { cwd: dir, env: { ...env, YARN_PLUGINS: plugin } },
    );
    bills.push({ name, file });
  }
  return bills;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file } of await writeBills())
    say(`  ${path.relative(root, file)}`);
}
