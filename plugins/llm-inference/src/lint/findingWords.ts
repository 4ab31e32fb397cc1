import type { Finding } from 'backstage-plugin-llm-inference-common';
import { lintMessages } from './messages';
import type { llmInferenceLintTranslationRef } from './translationRef';
import type { TranslationFunction } from '@backstage/frontend-plugin-api';

type Texts = (typeof llmInferenceLintTranslationRef)['T'];

/** What a finding says: what is wrong, and what to change. */
type FindingWords = Pick<Finding, 'message' | 'fix'>;

const ENGINES: Readonly<Record<string, string>> = {
  decode: 'Decode',
  prefill: 'Prefill',
  both: 'Engine',
};

/** Says what a lint found in a language, where there are words for it; else in the English that it came with. */
export function findingWords(
  t: TranslationFunction<Texts>,
  finding: Pick<Finding, 'id' | 'message' | 'fix' | 'words'>,
): FindingWords {
  const { id, message, fix, words } = finding;
  const keys = words && keysOf(id, words.code);
  // A newer backend may say what has no words here yet; an older one tells no words.
  if (!keys) return { message, fix };
  // Keys are put together from data, which no type can follow; `keysOf` takes them from the texts.
  const tell = t as (key: string, words: Record<string, string>) => string;
  const poolName = ENGINES[words.pool] ?? '';
  const say = (key: string, said: string) =>
    tell(`${id}.${key}`, { ...words, poolName, said });
  return { message: say(keys.message, message), fix: say(keys.fix, fix) };
}

/** The keys of the texts of a lint for a code; undefined where the code, or the lint, is not known. */
function keysOf(
  id: string,
  code: string | undefined,
): FindingWords | undefined {
  if (!Object.hasOwn(lintMessages, id)) return undefined;
  const texts: object = lintMessages[id as keyof typeof lintMessages];
  const message = code === undefined ? 'message' : `message/${code}`;
  const own = `fix/${code}`;
  return Object.hasOwn(texts, message)
    ? { message, fix: Object.hasOwn(texts, own) ? own : 'fix' }
    : undefined;
}
