/** A character that the shell of the start script would act on. */
export interface ShellHazard {
  /** What it is, for a message. */
  name: string;
  index: number;
}

const HAZARDS: Readonly<Record<string, string>> = {
  $: 'a dollar sign',
  '`': 'a backtick',
  ';': 'a semicolon',
  '&': 'an ampersand',
  '|': 'a pipe',
  '<': 'an angle bracket',
  '>': 'an angle bracket',
  '(': 'a parenthesis',
  ')': 'a parenthesis',
  '\n': 'a line break',
  '\r': 'a line break',
  '\0': 'a NUL character',
};

/**
 * The first character outside single quotes that bash would act on, or a quote that is never closed. The
 * start script runs its arguments through `eval`, so this is text that a shell executes; double quotes and
 * backslashes are not trusted to protect, because another layer of quoting may take them away.
 */
export function findShellHazard(text: string): ShellHazard | undefined {
  let quote = '';
  let quoteStart = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quote === "'") {
      if (character === "'") quote = '';
      else if (character === '\0') return { name: HAZARDS['\0'], index };
    } else if (Object.hasOwn(HAZARDS, character)) {
      return { name: HAZARDS[character], index };
    } else if (character === '\\') {
      index += 1;
      if (index >= text.length || text[index] === '\n') {
        return { name: 'a backslash that joins lines', index: index - 1 };
      }
      if (Object.hasOwn(HAZARDS, text[index])) {
        return { name: HAZARDS[text[index]], index };
      }
    } else if (quote) {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') {
      quote = character;
      quoteStart = index;
    } else if (
      character === '#' &&
      (index === 0 || /\s/.test(text[index - 1]))
    ) {
      return { name: 'a # that comments out the rest', index };
    }
  }
  return quote
    ? { name: 'a quote that is never closed', index: quoteStart }
    : undefined;
}

/** A name that the start script puts between shell words without quotes of its own. */
export function isPlainShellWord(text: string): boolean {
  return /^[\w./:@%+=,-]+$/.test(text);
}
