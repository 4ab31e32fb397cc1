import german from './de';
import { flatten } from './flatten';
import { messages } from './messages';

const english: Record<string, string> = flatten(messages);
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

describe('translations', () => {
  it('have the same keys in every language', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('fill the same placeholders', () => {
    for (const [key, text] of Object.entries(german)) {
      // What the backend says goes through in English only.
      if (key.startsWith('said.')) continue;
      expect({ key, names: placeholders(text) }).toEqual({
        key,
        names: placeholders(english[key]),
      });
    }
  });

  it('leave no text empty', () => {
    expect(Object.values(german)).not.toContain('');
  });
});
