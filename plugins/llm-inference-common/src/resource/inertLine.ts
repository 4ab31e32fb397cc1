import { withoutSecrets } from './secrets';

// Written with escapes: these characters are invisible in an editor, or turn the direction of the text around them.
const INVISIBLE =
  /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Whether a text holds characters that nobody sees, or that turn the direction of reading. */
export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) >= 0;
}

/**
 * Text of unknown origin as one line that can be shown to people: without secrets, line breaks, and characters that
 * nobody sees.
 *
 * @param longest - in characters; what is longer is cut
 * @public
 */
export function inertLine(text: string, longest: number): string {
  const clean = withoutSecrets(text.slice(0, 4 * longest))
    .replace(INVISIBLE, '')
    .replace(/\p{Cc}|\s+/gu, ' ')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}
