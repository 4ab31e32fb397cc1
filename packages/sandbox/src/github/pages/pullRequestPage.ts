import { Octokit } from '@octokit/rest';
import MarkdownIt from 'markdown-it';
import { html, Html } from './html';
import { page } from './page';

type PullRequest = Awaited<ReturnType<Octokit['rest']['pulls']['get']>>['data'];

/** One file a pull request changes. */
export interface ChangedFile {
  filename: string;
  /** added, modified, removed or renamed */
  status: string;
  additions: number;
  deletions: number;
  /** Unified diff; absent for binary files. */
  patch?: string;
}

/** The page of a pull request: what it is, what it changes, and a button to merge it. */
export function pullRequestPage(options: {
  pull: PullRequest;
  files: ChangedFile[];
  /** Files that were changed on the base branch, too. */
  conflicts: string[];
}): string {
  const { pull, files, conflicts } = options;
  const repository = pull.base.repo;

  return page({
    title: `${pull.title} · Pull request #${pull.number} · ${repository.full_name}`,
    trail: [
      { text: repository.full_name, href: `/${repository.full_name}` },
      { text: 'Pull requests', href: `/${repository.full_name}/pulls` },
    ],
    body: html`
      <h1>${pull.title} <span class="muted">#${pull.number}</span></h1>
      <p>
        ${stateBadge(pull)}
        <strong>${pull.user?.login ?? 'someone'}</strong>
        ${pull.merged_at ? 'merged' : 'wants to merge'}
        <code>${pull.head.ref}</code> into <code>${pull.base.ref}</code>
      </p>
      <section class="box" aria-label="Description">
        <div class="body">${description(pull.body)}</div>
      </section>
      ${mergeBox(pull, conflicts)}
      <h2>
        ${files.length === 1
          ? '1 changed file'
          : `${files.length} changed files`}
      </h2>
      ${files.map(changedFile)}
    `,
  });
}

// Shows HTML in a description as text and refuses links that run scripts.
const markdown = new MarkdownIt({ html: false });

function description(body: string | null): Html {
  return new Html(markdown.render(body?.trim() || 'No description.'));
}

/** Open, Merged or Closed, in words and colour. */
export function stateBadge(pull: {
  state: string;
  merged_at: string | null;
}): Html {
  const state = pull.merged_at ? 'merged' : pull.state;
  return html`<span class="state state-${state}"
    >${state[0].toUpperCase()}${state.slice(1)}</span
  >`;
}

function mergeBox(pull: PullRequest, conflicts: string[]): Html {
  if (pull.merged_at) {
    return html`<section class="box" aria-label="Merge">
      <div class="body" role="status">
        Merged into <code>${pull.base.ref}</code> at
        <time datetime="${pull.merged_at}">${pull.merged_at}</time>.
      </div>
    </section>`;
  }
  if (pull.state !== 'open') {
    return html`<section class="box" aria-label="Merge">
      <div class="body" role="status">Closed without merging.</div>
    </section>`;
  }
  if (conflicts.length > 0) {
    return html`<section class="box" aria-label="Merge">
      <div class="body" role="status">
        Cannot be merged: <code>${pull.base.ref}</code> changed the same
        ${conflicts.length === 1 ? 'file' : 'files'}:
        ${conflicts.map(path => html`<br /><code>${path}</code>`)}
      </div>
    </section>`;
  }
  return html`<section class="box" aria-label="Merge">
    <form
      class="body"
      method="post"
      action="/${pull.base.repo.full_name}/pull/${pull.number}/merge"
    >
      <button type="submit">Merge pull request</button>
    </form>
  </section>`;
}

function changedFile(file: ChangedFile): Html {
  return html`<details class="box" open>
    <summary>
      ${file.filename}
      <span class="muted"
        >${file.status}, ${file.additions} added, ${file.deletions}
        removed</span
      >
    </summary>
    ${file.patch === undefined
      ? html`<div class="body muted">No text to show.</div>`
      : html`<pre tabindex="0" aria-label="Changes of ${file.filename}">
${file.patch.split('\n').map(diffLine)}</pre
        >`}
  </details>`;
}

function diffLine(line: string): Html {
  const kind = { '+': 'added', '-': 'removed', '@': 'hunk' }[line[0]];
  return html`<span class="line-${kind ?? 'same'}">${line || ' '}</span>`;
}
