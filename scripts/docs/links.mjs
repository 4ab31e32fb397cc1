import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { documents, linksOf } from './markdown.mjs';
import { root } from './source.mjs';

/** Links to files, pages and headings of the repository that lead nowhere. */
export function brokenLinks() {
  const pages = new Map(documents().map(file => [file, linksOf(file)]));
  return [...pages].flatMap(([file, { links }]) =>
    links.flatMap(({ target, line }) => {
      if (/^[a-z]+:/i.test(target)) return [];
      const [place, anchor] = decodeURI(target).split('#');
      const to = place
        ? path.posix.join(path.posix.dirname(file), place)
        : file;
      const absolute = path.join(root, to);
      if (to.startsWith('..') || !existsSync(absolute)) {
        return [`${file}:${line}: ${target} leads nowhere`];
      }
      const page = statSync(absolute).isFile() ? pages.get(to) : undefined;
      return anchor && page && !page.anchors.has(anchor)
        ? [`${file}:${line}: ${to} has no heading #${anchor}`]
        : [];
    }),
  );
}

/** Pages of `docs` that the navigation does not name, and names without a page. */
export function navigationProblems() {
  const { nav } = parse(readFileSync(path.join(root, 'mkdocs.yml'), 'utf8'));
  const named = new Set();
  const collect = entry => {
    if (typeof entry === 'string') named.add(entry);
    else if (Array.isArray(entry)) entry.forEach(collect);
    else Object.values(entry).forEach(collect);
  };
  collect(nav);
  const pages = documents()
    .filter(file => file.startsWith('docs/'))
    .map(file => file.slice('docs/'.length));
  return [
    ...pages
      .filter(page => !named.has(page))
      .map(page => `docs/${page} is not in the navigation of mkdocs.yml`),
    ...[...named]
      .filter(page => !pages.includes(page))
      .map(page => `mkdocs.yml names docs/${page}, which is not there`),
  ];
}
