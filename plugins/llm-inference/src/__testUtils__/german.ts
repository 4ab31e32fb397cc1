import {
  createTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import lint from '../lint/de';
import { llmInferenceLintTranslationRef } from '../lint/translationRef';
import scaffolder from '../scaffolder/de';
import { llmInferenceScaffolderTranslationRef } from '../scaffolder/translationRef';
import german from '../translation/de';
import { llmInferenceTranslationRef } from '../translation/translationRef';

const texts: ReadonlyArray<{ id: string; messages: Record<string, string> }> = [
  { id: llmInferenceTranslationRef.id, messages: german },
  { id: llmInferenceScaffolderTranslationRef.id, messages: scaffolder },
  { id: llmInferenceLintTranslationRef.id, messages: lint },
];

const germanRefs = new Map<string, TranslationRef>(
  texts.map(options => [options.id, createTranslationRef(options)]),
);

/** The translations of an app whose reader reads German; other plugins speak English. */
export function germanTranslation(): ReturnType<typeof mockApis.translation> {
  const api = mockApis.translation();
  const inGerman = (ref: TranslationRef) => germanRefs.get(ref.id) ?? ref;
  return Object.assign(Object.create(api), {
    getTranslation: (ref: never) => api.getTranslation(inGerman(ref) as never),
    translation$: (ref: never) => api.translation$(inGerman(ref) as never),
  });
}
