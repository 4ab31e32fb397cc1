/**
 * Lines of unknown origin as Markdown that shows exactly them: in a block of code nothing is a link, a mention or
 * markup, and a fence that is longer than any inside cannot be closed from within.
 *
 * @param lines - without line breaks
 */
export function fencedText(lines: string[]): string[] {
  const longest = Math.max(
    2,
    ...lines.flatMap(line =>
      (line.match(/`+/g) ?? []).map(({ length }) => length),
    ),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}
