import { useCallback } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Finding } from 'backstage-plugin-llm-inference-common';
import { findingWords } from './findingWords';
import { llmInferenceLintTranslationRef } from './translationRef';

/** Says what the lints say in the reader's language. */
export function useFindingWords() {
  const { t } = useTranslationRef(llmInferenceLintTranslationRef);
  return useCallback((finding: Finding) => findingWords(t, finding), [t]);
}
