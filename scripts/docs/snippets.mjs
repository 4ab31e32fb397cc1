import { commandsOf, howCommandHolds, TUTORIAL } from './commands.mjs';
import { documents, inlineCommandsOf, snippetsOf } from './markdown.mjs';
import { page, table } from './source.mjs';
import { typeErrors } from './typescript.mjs';
import { checkYaml } from './yaml.mjs';

/** Pages made from the code; what they quote is held by the tests that it comes from. */
const MADE = /^docs\/reference\//;

function checkShell({ file, line, code, notRun }) {
  if (notRun) return { how: `not run: ${notRun}`, problems: [] };
  const ways = new Set();
  const problems = [];
  for (const command of commandsOf(code)) {
    const isTried = file === TUTORIAL.file && TUTORIAL.pattern.test(command);
    const how = isTried
      ? `executed by ${TUTORIAL.test}`
      : howCommandHolds(command);
    if (how) ways.add(how);
    else
      problems.push(
        `${file}:${line}: nobody knows whether "${command}" works: correct it, or say why it cannot be run ("<!-- not run: … -->" before the block)`,
      );
  }
  return { how: [...ways].join(', '), problems };
}

function checkJson({ file, line, code }) {
  try {
    JSON.parse(code);
    return { how: 'parsed', problems: [] };
  } catch (error) {
    return { how: 'parsed', problems: [`${file}:${line}: ${error.message}`] };
  }
}

/** Checks every snippet of the documentation; says how each was looked at, and what is wrong. */
export async function checkSnippets() {
  const snippets = documents()
    .filter(file => !MADE.test(file))
    .flatMap(snippetsOf)
    .filter(({ language }) => language !== 'text');
  const typed = snippets.filter(({ language }) => /^tsx?$/.test(language));
  const problems = typeErrors(typed);
  const rows = [];
  for (const snippet of snippets) {
    const { file, line, language } = snippet;
    let result;
    if (/^tsx?$/.test(language)) {
      result = { how: 'type-checked', problems: [] };
    } else if (/^(ya?ml)$/.test(language)) {
      result = await checkYaml(snippet);
    } else if (/^(sh|bash|shell)$/.test(language)) {
      result = checkShell(snippet);
    } else if (language === 'json') {
      result = checkJson(snippet);
    } else {
      const what = language
        ? `there is no check for a snippet in ${language}`
        : 'a snippet names no language ("text" for what nobody runs)';
      result = { how: '', problems: [`${file}:${line}: ${what}`] };
    }
    problems.push(...result.problems);
    rows.push({ file, language, how: result.how });
  }
  const inline = documents()
    .filter(file => !MADE.test(file))
    .flatMap(inlineCommandsOf);
  for (const command of inline) {
    const { how, problems: wrong } = checkShell(command);
    problems.push(...wrong);
    rows.push({ file: command.file, language: 'in a sentence', how });
  }
  return { problems, rows };
}

/** The page that lists how each snippet is checked. */
export function snippetsPage(rows) {
  const counts = new Map();
  for (const { file, language, how } of rows) {
    const key = JSON.stringify([file, language, how]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return page(
    'How the snippets are checked',
    `Every snippet of the documentation is executed by a test, or validated without running it. CI fails on one that is neither
("yarn docs --check").`,
    table(
      ['document', 'snippets', 'language', 'how'],
      [...counts].map(([key, count]) => {
        const [file, language, how] = JSON.parse(key);
        return [file, count, language, how];
      }),
    ),
  );
}
