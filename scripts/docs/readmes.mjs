/** Tables that stand in the README of a package, made from its code: between two comments that only `yarn docs` writes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { annotationRows, permissionRows } from './access.mjs';
import { actionRows } from './actions.mjs';
import { routeRows } from './api.mjs';
import { settingsOf } from './settings.mjs';
import { root, table } from './source.mjs';

const PARTS = {
  settings: settingsOf,
  permissions: () =>
    table(['permission', 'action', 'decided', 'meaning'], permissionRows()),
  annotations: () => table(['annotation', 'meaning'], annotationRows()),
  routes: () => table(['route', 'answers'], routeRows()),
  actions: () => table(['action', 'what it does'], actionRows()),
};

/** What the README of each package has to hold. */
const NEEDED = {
  'llm-inference': ['annotations', 'permissions'],
  'llm-inference-backend': ['settings', 'permissions', 'annotations', 'routes'],
  'catalog-backend-module-llm-inference': ['settings'],
  'scaffolder-backend-module-llm-inference': ['settings', 'actions'],
};

/** Text of each README as the code has it; throws where a part is missing. */
export async function readmes() {
  const files = {};
  for (const [name, parts] of Object.entries(NEEDED)) {
    const file = path.posix.join('plugins', name, 'README.md');
    let text = readFileSync(path.join(root, file), 'utf8');
    for (const part of parts) {
      const [begin, end] = [
        `<!-- ${part}: made by "yarn docs" from the code -->`,
        `<!-- end of ${part} -->`,
      ];
      const [before, rest] = text.split(begin);
      const after = rest?.split(end)[1];
      if (after === undefined)
        throw new Error(`${file} lacks "${begin}" and "${end}"`);
      text = `${before}${begin}\n\n${await PARTS[part](
        name,
      )}\n\n${end}${after}`;
    }
    files[file] = text;
  }
  return files;
}
