import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Where strangers read the files of the repository. */
export const FILES =
  'https://github.com/llm-inference-backstage/llm-inference-backstage/blob/main';

const require = createRequire(import.meta.url);
let transformed = false;

/** Loads a TypeScript module of the repository, by the transform that Backstage uses for its backend. */
export function load(file) {
  if (!transformed) {
    require('@backstage/cli/config/nodeTransform.cjs');
    transformed = true;
  }
  return require(path.join(root, file));
}

/** Text without line breaks. */
export function oneLine(text) {
  return String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const cell = text => oneLine(text).replace(/\|/g, '\\|');

/** A Markdown table. */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows]
    .map(row => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');
}

/** Says that a page is made, and by what. */
export function page(title, intro, body) {
  return `# ${title}

<!-- Made by "yarn docs" from the code. Change the code, not this page. -->

${intro}

${body}
`;
}

/** The words of an id in camel case, as a heading. */
export function heading(id) {
  const words = id
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .replace(/\b(?:api|kv|rdma)\b/g, word => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Links to the ids of a page, by group. */
export function contents(groups) {
  return groups
    .map(
      ([group, ids]) =>
        `- ${heading(group)}: ${ids
          .map(id => `[\`${id}\`](#${id})`)
          .join(', ')}`,
    )
    .join('\n');
}
