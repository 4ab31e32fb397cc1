import type { Finding } from 'backstage-plugin-llm-inference-common';
import { LINT_IDS } from 'backstage-plugin-llm-inference-common';
import { mockApis } from '@backstage/frontend-test-utils';
import { ENGLISH, prose } from '../__testUtils__/english';
import { germanTranslation } from '../__testUtils__/german';
import german from './de';
import { findingWords } from './findingWords';
import { llmInferenceLintTranslationRef } from './translationRef';

// A page has no files; its test has.
const { readFileSync } = jest.requireActual('fs');
const { dirname, join } = jest.requireActual('path');

/** Every shape in which the lints tell what they find, by example. */
const told: Array<Required<Pick<Finding, 'id' | 'message' | 'fix' | 'words'>>> =
  JSON.parse(
    readFileSync(
      join(
        dirname(
          require.resolve('backstage-plugin-llm-inference-common/package.json'),
        ),
        'src/lint/__fixtures__/told.json',
      ),
      'utf8',
    ),
  );

function sayIn(translation: ReturnType<typeof mockApis.translation>) {
  const snapshot = translation.getTranslation(llmInferenceLintTranslationRef);
  if (!snapshot.ready) throw new Error('The texts are not there yet');
  return (finding: (typeof told)[number]) => findingWords(snapshot.t, finding);
}

describe('what the lints say, in German', () => {
  it.each(Object.values(LINT_IDS).flat())('is known by example for %s', id => {
    expect(told.map(example => example.id)).toContain(id);
  });

  it('leaves no English sentence and no open place in any finding', () => {
    const say = sayIn(germanTranslation());
    for (const example of told) {
      const { message, fix } = say(example);
      for (const [english, text] of [
        [example.message, message],
        [example.fix, fix],
      ]) {
        expect(text).not.toBe(english);
        expect(text).toMatch(/\w{4}.*[.)]$/s);
        expect(text).not.toMatch(/\{\{\w|undefined|NaN| {2}|\( *\)|^:/);
        expect(prose(text)).not.toMatch(ENGLISH);
      }
    }
  });

  it('is German in every text, also where no example tells it', () => {
    for (const [key, text] of Object.entries(
      german as Record<string, string>,
    )) {
      expect({ key, text: prose(text) }).toEqual({
        key,
        text: expect.not.stringMatching(ENGLISH),
      });
    }
  });

  it('stays English where a newer backend says what has no words yet', () => {
    const say = sayIn(germanTranslation());
    const finding = { ...told[0], message: 'New.', fix: 'Do.' };
    expect(say({ ...finding, id: 'brand-new' as Finding['id'] })).toEqual({
      message: 'New.',
      fix: 'Do.',
    });
    expect(say({ ...finding, words: { code: 'brand-new' } })).toEqual({
      message: 'New.',
      fix: 'Do.',
    });
  });
});

it('goes through as it is in English', () => {
  const say = sayIn(mockApis.translation());
  for (const { id, message, fix, words } of told) {
    expect(say({ id, message, fix, words })).toEqual({ message, fix });
  }
});
