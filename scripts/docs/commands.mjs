import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './source.mjs';
import { load } from './source.mjs';

const packageJson = folder =>
  JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));

const workspaceFolder = name => {
  const folders = [
    ...['app', 'backend', 'sandbox', 'benchmarks'].map(n => `packages/${n}`),
    `plugins/${name.replace(/^backstage-plugin-/, '')}`,
  ];
  return folders.find(
    folder =>
      existsSync(path.join(root, folder, 'package.json')) &&
      packageJson(folder).name === name,
  );
};

/** What Yarn itself does, beside the scripts of a package. */
const YARN_COMMANDS = ['add', 'install', 'npm', 'dlx', 'up'];

/** What the tests run of the tutorial, and of nothing else. */
export const TUTORIAL = {
  file: 'docs/tutorial/sandbox.md',
  test: 'packages/sandbox/src/tutorial.test.ts',
  pattern: /^(?:curl|kubectl --server)\s/,
};

const RULES = [
  {
    pattern: /^npm (start|test)( .*)?$/,
    how: 'executed by CI',
    holds: () => true,
  },
  {
    pattern: /^yarn --cwd (packages\/\w+) (\S+)/,
    how: 'script exists',
    holds: ([, folder, script]) =>
      YARN_COMMANDS.includes(script) || packageJson(folder).scripts?.[script],
  },
  {
    pattern: /^yarn workspace (\S+) (\S+)/,
    how: 'script exists',
    holds: ([, name, script]) => {
      const folder = workspaceFolder(name);
      return (
        folder &&
        (YARN_COMMANDS.includes(script) ||
          packageJson(folder).scripts?.[script])
      );
    },
  },
  {
    pattern: /^yarn run (\S+)/,
    how: 'script exists',
    holds: ([, script]) => packageJson('.').scripts?.[script],
  },
  {
    pattern: /^yarn (\S+)/,
    how: 'script exists',
    holds: ([, script]) =>
      YARN_COMMANDS.includes(script) || packageJson('.').scripts?.[script],
  },
  {
    pattern: /^node (\S+)/,
    how: 'file exists',
    holds: ([, file]) => existsSync(path.join(root, file)),
  },
  {
    pattern: /^kubectl (?:.* )?(?:apply|kustomize|diff) .*?-[fk] (\S+)/,
    how: 'file exists',
    holds: ([, file]) => existsSync(path.join(root, file)),
  },
  {
    pattern: /^curl .*\/api\/llm-inference(\/[^\s'"?]*)/,
    how: 'route is in the OpenAPI document',
    holds: ([, route]) => {
      const { openApiDocument } = load(
        'plugins/llm-inference-backend/src/openapi/document.ts',
      );
      return Object.keys(openApiDocument.paths).some(template =>
        new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(route),
      );
    },
  },
];

/** Commands of a shell block: one a line, continued by a backslash, without comments and what follows a pipe. */
export function commandsOf(code) {
  return code
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
}

/** How one command is known to be right; undefined where it is not. */
export function howCommandHolds(command) {
  // The last part of a pipe is ours, where there is one.
  const parts = command.split(/\s(?:\||&&)\s/);
  for (const part of parts.reverse()) {
    for (const { pattern, how, holds } of RULES) {
      const match = pattern.exec(part);
      if (match) return holds(match) ? how : undefined;
    }
  }
  return undefined;
}
