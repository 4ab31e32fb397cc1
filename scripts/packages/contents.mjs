/**
 * What must hold for a packed package beyond what publint and Are The Types Wrong look at. Each check is a
 * function from the package to sentences that say what is wrong.
 */
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { root } from '../lib/toolchain.mjs';

const FRAMEWORK_ROLES = [
  'frontend-plugin',
  'backend-plugin',
  'backend-plugin-module',
];

/** Everything that a manifest points to is in the archive. */
function missingFiles({ manifest, files }) {
  const named = [
    manifest.main,
    manifest.module,
    manifest.types,
    manifest.configSchema,
    ...Object.values(manifest.exports ?? {}).flatMap(entry =>
      typeof entry === 'string'
        ? [entry]
        : Object.entries(entry)
            .filter(([condition]) => condition !== 'backstage')
            .map(([, file]) => file),
    ),
    ...Object.values(manifest.typesVersions?.['*'] ?? {}).flat(),
  ];
  return named
    .filter(Boolean)
    .map(file => file.replace(/^\.\//, ''))
    .filter(file => !files.has(file))
    .map(file => `package.json names ${file}, which is not in the archive`);
}

/** Licence, notice and documentation travel with each package. */
function paperwork({ files }) {
  const same = ['LICENSE', 'NOTICE'].filter(
    name => !files.get(name)?.equals(fs.readFileSync(path.join(root, name))),
  );
  return [
    ...same.map(
      name => `${name} is missing or differs from the one at the root`,
    ),
    ...(files.has('README.md') ? [] : ['README.md is missing']),
  ];
}

/** No protocol of the workspace survives: nobody else could resolve it. */
function dependencyRanges({ manifest }) {
  const ranges = { ...manifest.dependencies, ...manifest.peerDependencies };
  return Object.entries(ranges)
    .filter(([, range]) =>
      /^(workspace|link|file|portal|backstage|patch):/.test(range),
    )
    .map(([name, range]) => `the range of ${name} is ${range}`);
}

/** What Backstage reads to find, group and load a plugin. */
function backstageMetadata({ manifest, siblings, folder }) {
  const { backstage = {}, repository } = manifest;
  const problems = [];
  if (!backstage.role) problems.push('backstage.role is missing');
  if (!backstage.pluginId) problems.push('backstage.pluginId is missing');
  if (backstage.role?.endsWith('-module')) {
    if (!backstage.pluginPackage)
      problems.push('backstage.pluginPackage is missing');
  } else {
    const expected = siblings
      .filter(
        s =>
          s.backstage?.pluginId === backstage.pluginId &&
          !s.backstage.role.endsWith('-module'),
      )
      .map(s => s.name)
      .sort();
    const actual = [...(backstage.pluginPackages ?? [])].sort();
    if (expected.join() !== actual.join())
      problems.push(
        `backstage.pluginPackages is ${actual.join(
          ', ',
        )} instead of ${expected.join(', ')}`,
      );
  }
  if (FRAMEWORK_ROLES.includes(backstage.role) && !backstage.features?.['.'])
    problems.push('the default export of "." is no Backstage feature');
  if (
    backstage.role === 'frontend-plugin' &&
    manifest.exports?.['.']?.backstage !== '@backstage/FrontendPlugin'
  )
    problems.push(
      'exports["."] lacks the condition by which apps discover the plugin',
    );
  if (repository?.directory !== folder)
    problems.push(
      `repository.directory is ${repository?.directory} instead of ${folder}`,
    );
  return problems;
}

/** Every source map that is named is there and carries its sources. */
function sourceMaps({ files }) {
  const problems = [];
  for (const [file, content] of files) {
    if (/\.[cm]?js$/.test(file)) {
      const map = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(
        content.toString('utf8'),
      )?.[1];
      if (map && !files.has(path.posix.join(path.posix.dirname(file), map)))
        problems.push(
          `${file} names the source map ${map}, which is not in the archive`,
        );
    }
    if (file.endsWith('.js.map')) {
      const sources = JSON.parse(content.toString('utf8')).sourcesContent ?? [
        undefined,
      ];
      if (sources.some(source => source === undefined || source === null))
        problems.push(`${file} names sources without their content`);
    }
  }
  return problems;
}

const IMPORT =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(@?[\w-][\w./-]*)\1/g;

/** What the shipped code and types import is declared. */
function undeclaredImports({ manifest, files }) {
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
    ...builtinModules,
  ]);
  const problems = new Set();
  for (const [file, content] of files) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    const code = content.toString('utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, , specifier] of code.matchAll(IMPORT)) {
      if (specifier.startsWith('node:')) continue;
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      if (!declared.has(name))
        problems.add(
          `${file} imports ${name}, which package.json does not declare`,
        );
    }
  }
  return [...problems];
}

/** Tests and what only they use stay at home. */
function leftovers({ files }) {
  return [...files.keys()]
    .filter(file => /(^|\/)(__\w+__|testing)\/|\.test\./.test(file))
    .map(file => `${file} is for tests only`);
}

/** A schema that a portal can read without TypeScript. */
function configSchema({ manifest, files, folder }) {
  const hasOwn = fs.existsSync(path.join(root, folder, 'config.d.ts'));
  if (!hasOwn) return [];
  const schema = files.get(manifest.configSchema ?? '');
  if (!schema) return ['config.d.ts does not reach the archive'];
  const keys = Object.keys(
    JSON.parse(schema.toString('utf8')).properties ?? {},
  );
  return keys.length > 0 ? [] : [`${manifest.configSchema} describes no key`];
}

const CHECKS = [
  missingFiles,
  paperwork,
  dependencyRanges,
  backstageMetadata,
  sourceMaps,
  undeclaredImports,
  leftovers,
  configSchema,
];

/** Everything that is wrong with a packed package, one sentence each. */
export function problemsOfContents(packed) {
  return CHECKS.flatMap(check => check(packed));
}
