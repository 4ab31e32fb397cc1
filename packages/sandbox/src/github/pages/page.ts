import { Html, html } from './html';

const STYLE = new Html(`
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #f0f6fc);
  --muted: light-dark(#59636e, #9198a1);
  --ground: light-dark(#ffffff, #0d1117);
  --raised: light-dark(#f6f8fa, #151b23);
  --line: light-dark(#d1d9e0, #3d444d);
  --link: light-dark(#0550ae, #79c0ff);
  --open: light-dark(#1a7f37, #238636);
  --merged: light-dark(#8250df, #8957e5);
  --closed: light-dark(#cf222e, #da3633);
  --added: light-dark(#dafbe1, #12261e);
  --removed: light-dark(#ffebe9, #25171c);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem; }
header { color: var(--muted); }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0.5rem 0; font-weight: 600; }
h2 { font-size: 1.125rem; margin: 2rem 0 0.75rem; }
a { color: var(--link); }
.muted { color: var(--muted); }
.state { display: inline-block; padding: 0.2rem 0.75rem; border-radius: 2rem; color: #ffffff; font-weight: 600; }
.state-open { background: var(--open); }
.state-merged { background: var(--merged); }
.state-closed { background: var(--closed); }
.box { border: 1px solid var(--line); border-radius: 0.5rem; margin: 1rem 0; overflow: hidden; }
.box > :is(h3, summary, .body) { margin: 0; padding: 0.75rem 1rem; }
.box > :is(h3, summary) { background: var(--raised); font: 600 0.875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.body { overflow-wrap: anywhere; }
.body > :first-child { margin-top: 0; }
.body > :last-child { margin-bottom: 0; }
code { font: 0.875em ui-monospace, monospace; }
pre { margin: 0; padding: 0.5rem 0; overflow-x: auto; font: 0.8125rem/1.5 ui-monospace, monospace; }
pre span { display: block; padding: 0 1rem; min-width: max-content; }
.line-added { background: var(--added); }
.line-removed { background: var(--removed); }
.line-hunk { color: var(--muted); background: var(--raised); }
button { font: 600 1rem/1.5 system-ui, sans-serif; padding: 0.5rem 1.25rem; border: 1px solid transparent; border-radius: 0.5rem; background: #1a7f37; color: #ffffff; cursor: pointer; }
button:hover { background: #116329; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
ul.plain { list-style: none; padding: 0; }
ul.plain li { padding: 0.5rem 1rem; border-bottom: 1px solid var(--line); }
ul.plain li:last-child { border-bottom: 0; }
`);

/** A whole page: a title, where one is, and the content. */
export function page(options: {
  title: string;
  trail: { text: string; href: string }[];
  body: Html;
}): string {
  const { title, trail, body } = options;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <nav aria-label="Breadcrumb">
            ${trail.map(
              ({ text, href }, i) =>
                html`${i > 0 && ' / '}<a href="${href}">${text}</a>`,
            )}
          </nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`.markup;
}
