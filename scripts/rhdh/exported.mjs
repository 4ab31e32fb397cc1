/** What Red Hat Developer Hub expects of an exported plugin. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));

/** Shared with the hub: everything of Backstage. Inside: everything else. */
function backendDependencies(dir, manifest, embedded) {
  const own = Object.keys(manifest.dependencies ?? {});
  return [
    ...own
      .filter(name => name.startsWith('@backstage/'))
      .map(name => `${name} is bundled instead of shared with the hub`),
    ...own
      .filter(name => !fs.existsSync(path.join(dir, 'node_modules', name)))
      .map(name => `${name} is not in its node_modules`),
    ...embedded
      .filter(name => !own.includes(name))
      .map(name => `${name} is not embedded`),
  ];
}

function backend(dir, manifest, embedded) {
  const problems = backendDependencies(dir, manifest, embedded);
  if (manifest.bundleDependencies !== true)
    problems.push('its dependencies would not be packed with it');
  const require = createRequire(path.join(dir, 'package.json'));
  const feature = require(path.join(dir, manifest.main)).default;
  if (feature?.$$type !== '@backstage/BackendFeature')
    problems.push(
      `its default export is ${feature?.$$type}, not a backend feature`,
    );
  return problems;
}

/** Module federation for hubs with the new frontend system, Scalprum for those with the legacy one. */
function frontend(dir) {
  const problems = [];
  const federation = path.join(dir, 'dist', 'mf-manifest.json');
  const scalprum = path.join(dir, 'dist-scalprum', 'plugin-manifest.json');
  if (!fs.existsSync(federation))
    problems.push('dist/mf-manifest.json is missing');
  else {
    const { exposes, metaData } = readJson(federation);
    if (!exposes.some(({ path: at }) => at === '.'))
      problems.push('the plugin itself is not exposed to module federation');
    if (!fs.existsSync(path.join(dir, 'dist', metaData.remoteEntry.name)))
      problems.push(`dist/${metaData.remoteEntry.name} is missing`);
  }
  if (!fs.existsSync(scalprum))
    problems.push('dist-scalprum/plugin-manifest.json is missing');
  else
    for (const script of readJson(scalprum).loadScripts)
      if (!fs.existsSync(path.join(dir, 'dist-scalprum', script)))
        problems.push(`dist-scalprum/${script} is missing`);
  return problems;
}

/** Everything that is wrong with an exported plugin, one sentence each. */
export function problemsOfExport({ dir, role, embedded }) {
  const manifest = readJson(path.join(dir, 'package.json'));
  const problems =
    role === 'frontend-plugin'
      ? frontend(dir)
      : backend(dir, manifest, embedded);
  if (!manifest.backstage['supported-versions'])
    problems.push('it does not say for which Backstage it is');
  return problems;
}
