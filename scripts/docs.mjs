/**
 * `yarn docs` writes the reference pages, and the tables in the READMEs of packages, from the code; `yarn docs --check`
 * says where one is not what the code says. Both say where a link, the navigation or a snippet of the documentation is
 * wrong.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { accessPage } from './docs/access.mjs';
import { actionsPage } from './docs/actions.mjs';
import { apiPage } from './docs/api.mjs';
import { causesPage } from './docs/causes.mjs';
import { configurationPage } from './docs/configuration.mjs';
import { brokenLinks, navigationProblems } from './docs/links.mjs';
import { lintsPage } from './docs/lints.mjs';
import { readmes } from './docs/readmes.mjs';
import { checkSnippets, snippetsPage } from './docs/snippets.mjs';
import { root } from './docs/source.mjs';

const prettier = createRequire(import.meta.url)('prettier');
const check = process.argv.includes('--check');

const snippets = await checkSnippets();

const pages = {
  access: accessPage(),
  actions: actionsPage(),
  api: apiPage(),
  causes: causesPage(),
  configuration: await configurationPage(),
  lints: lintsPage(),
  snippets: snippetsPage(snippets.rows),
};
const made = {
  ...Object.fromEntries(
    Object.entries(pages).map(([name, text]) => [
      path.join('docs', 'reference', `${name}.md`),
      text,
    ]),
  ),
  ...(await readmes()),
};

const outdated = [];
for (const [name, content] of Object.entries(made)) {
  const file = path.join(root, name);
  const text = prettier.format(content, {
    ...(await prettier.resolveConfig(file)),
    parser: 'markdown',
  });
  if (!check) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    outdated.push(`${name} is not what the code says: run "yarn docs"`);
  }
}

const problems = [
  ...outdated,
  ...snippets.problems,
  ...brokenLinks(),
  ...navigationProblems(),
];
if (problems.length) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `${Object.keys(pages).length} pages from the code, ${
    snippets.rows.length
  } snippets, all links\n`,
);
