import {
  ADVICE_IDS,
  PROBLEM_CODES,
  SLO_PRESETS,
} from 'backstage-plugin-llm-inference-common';
import type { Advice, Refusal } from 'backstage-plugin-llm-inference-common';
import { mockApis } from '@backstage/frontend-test-utils';
import { ENGLISH, prose } from '../../__testUtils__/english';
import { germanTranslation } from '../../__testUtils__/german';
import german from '../de';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { tellAdvice, tellProblem } from './tell';

// A page has no files; its test has.
const { readFileSync } = jest.requireActual('fs');
const { dirname, join } = jest.requireActual('path');

function read<T>(file: string): T[] {
  const core = dirname(
    require.resolve('backstage-plugin-llm-inference-common/package.json'),
  );
  return JSON.parse(readFileSync(join(core, 'src', file), 'utf8'));
}

/** Every shape in which the core refuses and advises, by example. */
const refused = read<Refusal>('manifest/__fixtures__/toldProblems.json');
const advised = read<Pick<Advice, 'id' | 'text' | 'words'>>(
  'sizing/__fixtures__/toldAdvice.json',
);

function textsIn(translation: ReturnType<typeof mockApis.translation>) {
  const snapshot = translation.getTranslation(
    llmInferenceScaffolderTranslationRef,
  );
  if (!snapshot.ready) throw new Error('The texts are not there yet');
  return snapshot.t;
}

const isSaid = (english: string, text: string) => {
  expect(text).not.toBe(english);
  expect(text).toMatch(/\w{4}/);
  expect(text).not.toMatch(/\{\{\w|undefined| {2}|\( *\)|„“/);
  expect(prose(text)).not.toMatch(ENGLISH);
};

describe('what forms say of the core, in German', () => {
  it.each(PROBLEM_CODES)('is known by example for %s', code => {
    expect(refused.map(example => example.code)).toContain(code);
  });

  it.each(ADVICE_IDS)('is known by example for %s', id => {
    expect(advised.map(example => example.id)).toContain(id);
  });

  it('leaves no English sentence, no open place and no lost word in any refusal', () => {
    const t = textsIn(germanTranslation());
    for (const example of refused) {
      const text = tellProblem(t, example);
      isSaid(example.message, text);
      const { pool = '', ...words } = example.words ?? {};
      for (const word of [...Object.values(words), pool]) {
        expect(text.toLowerCase()).toContain(word.toLowerCase());
      }
    }
  });

  it('leaves no English sentence, no open place and no lost number in any advice', () => {
    const t = textsIn(germanTranslation());
    for (const example of advised) {
      const text = tellAdvice(t, example);
      isSaid(example.text, text);
      const { model, ...numbers } = example.words ?? {};
      for (const number of Object.values(numbers)) {
        expect(text).toContain(number);
      }
    }
  });

  it('names every kind of use', () => {
    const t = textsIn(germanTranslation());
    const named = SLO_PRESETS.map(({ id, title }) => ({
      title,
      text: t(`use.${id}`, { said: title }),
    }));
    for (const { text } of named) {
      expect(text).toMatch(/\w{4}/);
      expect(prose(text)).not.toMatch(ENGLISH);
    }
    // The one word that is the same in both.
    expect(named.filter(({ title, text }) => title === text)).toEqual([
      { title: 'Chat', text: 'Chat' },
    ]);
  });

  it('is German in every text of the forms', () => {
    for (const [key, text] of Object.entries(
      german as Record<string, string>,
    )) {
      expect({ key, text: prose(text) }).toEqual({
        key,
        text: expect.not.stringMatching(ENGLISH),
      });
    }
  });

  it('stays English where a newer core says what has no words yet', () => {
    const t = textsIn(germanTranslation());
    expect(tellProblem(t, { message: 'New' })).toBe('New');
    expect(
      tellProblem(t, { message: 'New', code: 'brandNew' as 'nameDot' }),
    ).toBe('New');
    expect(tellAdvice(t, { id: 'brand-new' as 'measured', text: 'New.' })).toBe(
      'New.',
    );
  });

  it('quotes what was measured elsewhere where it has no words for it', () => {
    const t = textsIn(germanTranslation());
    expect(
      tellAdvice(t, {
        id: 'measured',
        text: 'Fast.',
        words: { model: 'another' },
      }),
    ).toBe('Von anderen gemessen: „Fast.“');
  });
});

it('goes through as it is in English', () => {
  const t = textsIn(mockApis.translation());
  for (const example of refused) {
    expect(tellProblem(t, example)).toBe(example.message);
  }
  for (const example of advised) {
    expect(tellAdvice(t, example)).toBe(example.text);
  }
  for (const { id, title } of SLO_PRESETS) {
    expect(t(`use.${id}`, { said: title })).toBe(title);
  }
});
