import {
  createTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import german from '../translation/de';
import { llmInferenceTranslationRef } from '../translation/translationRef';

const germanRef = createTranslationRef({
  id: llmInferenceTranslationRef.id,
  messages: german,
});

/** The translations of an app whose reader reads German; other plugins speak English. */
export function germanTranslation(): ReturnType<typeof mockApis.translation> {
  const api = mockApis.translation();
  const inGerman = (ref: TranslationRef) =>
    ref.id === germanRef.id ? germanRef : ref;
  return Object.assign(Object.create(api), {
    getTranslation: (ref: never) => api.getTranslation(inGerman(ref) as never),
    translation$: (ref: never) => api.translation$(inGerman(ref) as never),
  });
}
