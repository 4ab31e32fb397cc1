import {
  translationApiRef,
  type ApiHolder,
  type TranslationFunction,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { flatten } from '../translation/flatten';
import { messages } from './messages';
import { llmInferenceScaffolderTranslationRef } from './translationRef';

type FormTexts = (typeof llmInferenceScaffolderTranslationRef)['T'];

const english: Readonly<Record<string, string>> = flatten(messages);

const inEnglish = ((key: string, values: Record<string, unknown> = {}) =>
  english[key].replace(/\{\{(\w+)\}\}/g, (_, name) =>
    String(values[name]),
  )) as TranslationFunction<FormTexts>;

/** The texts of the form for code that is no component, such as the validation of a field. */
export function textsOf(apiHolder: ApiHolder): TranslationFunction<FormTexts> {
  return (
    translationOf(apiHolder, llmInferenceScaffolderTranslationRef) ?? inEnglish
  );
}

/** A translation where it is there already; what is on the screen has loaded it. */
export function translationOf<T extends { [key in string]: string }>(
  apiHolder: ApiHolder,
  ref: TranslationRef<string, T>,
): TranslationFunction<T> | undefined {
  const snapshot = apiHolder.get(translationApiRef)?.getTranslation(ref);
  return snapshot?.ready ? snapshot.t : undefined;
}
