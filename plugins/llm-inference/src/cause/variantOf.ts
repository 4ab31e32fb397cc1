/**
 * The key of the text that fits the words: the first variant `text/word` of which the word is there, or
 * `text/word=value` of which it has the value; else the plain text.
 */
export function variantOf(
  texts: object,
  text: string,
  words: Readonly<Record<string, string>>,
): string {
  const fitting = Object.keys(texts).find(key => {
    const [base, condition] = key.split('/');
    if (base !== text || condition === undefined) return false;
    const [word, value] = condition.split('=');
    return value === undefined ? words[word] : words[word] === value;
  });
  return fitting ?? text;
}
