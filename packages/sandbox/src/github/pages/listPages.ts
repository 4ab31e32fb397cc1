import { html, Html } from './html';
import { page } from './page';
import { stateBadge } from './pullRequestPage';

interface PullSummary {
  number: number;
  title: string;
  state: string;
  merged_at: string | null;
}

/** The pull requests of a repository, newest first. */
export function pullRequestsPage(repository: string, pulls: PullSummary[]) {
  return page({
    title: `Pull requests · ${repository}`,
    trail: [{ text: repository, href: `/${repository}` }],
    body: html`
      <h1>Pull requests</h1>
      ${listOf(
        pulls.map(
          pull => html`${stateBadge(pull)}
            <a href="/${repository}/pull/${pull.number}"
              >${pull.title} #${pull.number}</a
            >`,
        ),
        'There is no pull request yet.',
      )}
    `,
  });
}

/** What a folder of a repository holds. */
export function folderPage(options: {
  repository: string;
  ref: string;
  path: string;
  entries: { name: string; path: string; type: string }[];
}) {
  const { repository, ref, path, entries } = options;
  return page({
    title: `${path || repository} · ${ref}`,
    trail: [
      { text: repository, href: `/${repository}` },
      { text: 'Pull requests', href: `/${repository}/pulls` },
    ],
    body: html`
      <h1>${path || repository}</h1>
      <p class="muted">Branch or commit <code>${ref}</code></p>
      ${listOf(
        entries.map(entry => {
          const kind = entry.type === 'dir' ? 'tree' : 'blob';
          return html`<a
            href="/${repository}/${kind}/${encodeURIComponent(
              ref,
            )}/${entry.path}"
            >${entry.name}${entry.type === 'dir' && '/'}</a
          >`;
        }),
        'This folder is empty.',
      )}
    `,
  });
}

/** One text file of a repository. */
export function filePage(options: {
  repository: string;
  ref: string;
  path: string;
  text: string;
}) {
  const { repository, ref, path, text } = options;
  return page({
    title: `${path} · ${repository}`,
    trail: [{ text: repository, href: `/${repository}` }],
    body: html`
      <h1>${path}</h1>
      <p class="muted">Branch or commit <code>${ref}</code></p>
      <div class="box">
        <pre tabindex="0" aria-label="${path}">
${text.split('\n').map(line => html`<span>${line || ' '}</span>`)}</pre
        >
      </div>
    `,
  });
}

function listOf(items: Html[], none: string): Html {
  return items.length === 0
    ? html`<p>${none}</p>`
    : html`<ul class="plain box">
        ${items.map(item => html`<li>${item}</li>`)}
      </ul>`;
}
