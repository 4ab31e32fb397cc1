/** How a word was protected from the shell. @public */
export type ShellQuoting = 'none' | 'single' | 'double' | 'escaped' | 'mixed';

/** One word as a POSIX shell would see it. @public */
export interface ShellWord {
  /** After quote removal. */
  text: string;
  /** As written. */
  raw: string;
  quoting: ShellQuoting;
  /** Index of the first character in the source. */
  start: number;
  /** False where a quote is never closed. */
  closed: boolean;
}

/**
 * Splits text into words the way a shell does, without expanding anything. Total: an unclosed quote runs to
 * the end of the text.
 *
 * @public
 */
export function splitShellWords(text: string): ShellWord[] {
  const words: ShellWord[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text[index])) {
      index += 1;
    } else {
      const word = readWord(text, index);
      words.push(word);
      index = word.start + word.raw.length;
    }
  }
  return words;
}

function readWord(source: string, start: number): ShellWord {
  let text = '';
  let quote = '';
  const used = new Set<ShellQuoting>();
  let index = start;
  for (; index < source.length; index++) {
    const character = source[index];
    if (quote === "'") {
      if (character === "'") {
        quote = '';
      } else {
        text += character;
      }
    } else if (character === '\\' && index + 1 < source.length) {
      const next = source[index + 1];
      const keeps = quote === '"' && !'"\\$`\n'.includes(next);
      text += keeps ? `\\${next}` : next;
      if (!quote) {
        used.add('escaped');
      }
      index += 1;
    } else if (quote === '"') {
      if (character === '"') {
        quote = '';
      } else {
        text += character;
      }
    } else if (character === "'" || character === '"') {
      quote = character;
      used.add(character === "'" ? 'single' : 'double');
    } else if (/\s/.test(character)) {
      break;
    } else {
      text += character;
    }
  }
  const [only] = used;
  return {
    text,
    raw: source.slice(start, index),
    quoting: used.size > 1 ? 'mixed' : only ?? 'none',
    start,
    closed: quote === '',
  };
}
