import escapeHtml from 'escape-html';

/** Markup that is safe to send as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | Html[] | string | number | false | undefined;

/** A template whose values are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce((done, text, i) => done + markupOf(parts[i - 1]) + text),
  );
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) {
    return '';
  }
  if (Array.isArray(part)) {
    return part.map(each => each.markup).join('');
  }
  return part instanceof Html ? part.markup : escapeHtml(String(part));
}
