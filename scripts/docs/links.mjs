import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { documents, linksOf } from './markdown.mjs';
import { FILES, root } from './source.mjs';

/** Place in the repository that a link leads to, from its root; undefined for links to elsewhere. */
function placeOf(file, target) {
  if (target.startsWith(`${FILES}/`)) return target.slice(FILES.length + 1);
  if (/^[a-z]+:/i.test(target)) return undefined;
  return target ? path.posix.join(path.posix.dirname(file), target) : file;
}

/** Links to files, pages and headings of the repository that lead nowhere. */
export function brokenLinks() {
  const pages = new Map(documents().map(file => [file, linksOf(file)]));
  return [...pages].flatMap(([file, { links }]) =>
    links.flatMap(({ target, line }) => {
      const [place, anchor] = decodeURI(target).split('#');
      const to = placeOf(file, place);
      if (to === undefined) return [];
      const absolute = path.join(root, to);
      if (to.startsWith('..') || !existsSync(absolute)) {
        return [`${file}:${line}: ${target} leads nowhere`];
      }
      if (
        file.startsWith('docs/') &&
        !to.startsWith('docs/') &&
        !target.startsWith(FILES)
      ) {
        return [
          `${file}:${line}: TechDocs holds only docs/, so that ${target} is lost there: link to ${FILES}/${to}`,
        ];
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
