import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './source.mjs';

const MarkdownIt = createRequire(import.meta.url)('markdown-it');
const markdown = new MarkdownIt({ html: true });

/** What is made, foreign or hidden. */
const NO_DOCUMENT =
  /^(?:node_modules|dist(?:-.*)?|coverage|test-results|playwright-report|e2e-test-report|CHANGELOG\.md|.*\.api\.md|\..*)$/;

/**
 * Every Markdown file of the repository, as a path from its root. Changesets, API reports and templates' skeletons
 * are no documentation.
 */
export function documents(folder = '') {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !NO_DOCUMENT.test(name))
    .flatMap(entry => {
      const place = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return documents(place);
      return entry.isFile() && place.endsWith('.md') ? [place] : [];
    })
    .sort();
}

const NOTE = /<!--\s*(given|not run):\s*([\s\S]*?)-->/;

/**
 * The blocks of code of a file, fenced or indented. A comment before a block may say what it presumes (`<!-- given: code -->`, where
 * SNIPPET stands for the block if something must follow it), or why nobody can run it here (`<!-- not run: reason -->`).
 */
export function snippetsOf(file) {
  const tokens = markdown.parse(
    readFileSync(path.join(root, file), 'utf8'),
    {},
  );
  return tokens.flatMap((token, index) => {
    if (!['fence', 'code_block'].includes(token.type)) return [];
    const before = tokens[index - 1];
    const [, kind, note] =
      (before?.type === 'html_block' && NOTE.exec(before.content)) || [];
    return [
      {
        file,
        line: token.map[0] + 1,
        language: token.info.trim().split(/\s/)[0],
        code: token.content,
        given: kind === 'given' ? note : '',
        notRun: kind === 'not run' ? note.trim() : undefined,
      },
    ];
  });
}

/** Commands in the middle of a sentence. */
export function inlineCommandsOf(file) {
  const tokens = markdown.parse(
    readFileSync(path.join(root, file), 'utf8'),
    {},
  );
  let line = 1;
  return tokens.flatMap(({ children, map }) => {
    // Cells of a table do not say where they are, their rows do.
    line = map ? map[0] + 1 : line;
    return (children ?? [])
      .filter(
        ({ type, content }) =>
          type === 'code_inline' &&
          /^(?:curl|docker|kubectl|node|npm|npx|yarn)\s/.test(content),
      )
      .map(({ content }) => ({ file, line, code: content }));
  });
}

/** GitHub's anchor of a heading. */
const slug = text =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** What may be linked to in a file, and what it links to. */
export function linksOf(file) {
  const tokens = markdown.parse(
    readFileSync(path.join(root, file), 'utf8'),
    {},
  );
  const anchors = new Set();
  const links = [];
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') {
      const text = tokens[index + 1].children
        .map(({ content }) => content)
        .join('');
      anchors.add(slug(text));
    }
    for (const child of token.children ?? []) {
      const target = child.attrGet?.('href') ?? child.attrGet?.('src');
      if (target) links.push({ target, line: (token.map?.[0] ?? 0) + 1 });
    }
    for (const [, target] of token.type === 'html_block'
      ? token.content.matchAll(/(?:src|srcset|href)="([^"]+)"/g)
      : []) {
      links.push({ target, line: token.map[0] + 1 });
    }
  });
  return { anchors, links };
}
