import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type {
  Advice,
  Problem,
  Refusal,
} from 'backstage-plugin-llm-inference-common';
import { variantOf } from '../../cause/variantOf';
import type { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { adviceMessages } from './adviceMessages';
import { problemMessages } from './problemMessages';

type FormTexts = TranslationFunction<
  (typeof llmInferenceScaffolderTranslationRef)['T']
>;

/** Says why something is refused in a language, where there are words for it; else in the English that it came with. */
export function tellProblem(t: FormTexts, refused: Refusal): string {
  const { code, words, message } = refused;
  return tell(t, 'problem', problemMessages, code, message, words);
}

/** The same with its field before it, where there is one. */
export function tellProblemAt(t: FormTexts, problem: Problem): string {
  const told = tellProblem(t, problem);
  return problem.path ? `${problem.path}: ${told}` : told;
}

/** Says what is advised in a language, where there are words for it; else in the English that it came with. */
export function tellAdvice(
  t: FormTexts,
  { id, words, text }: Pick<Advice, 'id' | 'words' | 'text'>,
): string {
  return tell(t, 'advice', adviceMessages, id, text, words);
}

const POOLS: Readonly<Record<string, string>> = {
  decode: 'Decode',
  prefill: 'Prefill',
};

function tell(
  t: FormTexts,
  place: 'problem' | 'advice',
  texts: object,
  code: string | undefined,
  said: string,
  words: Readonly<Record<string, string>> = {},
): string {
  // The core may be newer than these texts.
  if (code === undefined || !Object.hasOwn(texts, code)) return said;
  // Keys are put together from data, which no type can follow; `variantOf` takes them from the texts.
  const say = t as (key: string, values: Record<string, string>) => string;
  return say(`${place}.${variantOf(texts, code, words)}`, {
    ...words,
    poolName: POOLS[words.pool] ?? '',
    said,
  });
}
