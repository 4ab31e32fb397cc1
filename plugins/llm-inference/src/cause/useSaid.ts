import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  CauseId,
  ServiceSummary,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { saidTexts } from './said';

/** What the backend says of services, in the reader's language where there are words for it. */
interface Said {
  /** A few words for a cause. */
  title(cause: { id: CauseId; title: string }): string;
  /** The sentence about a whole service. */
  summary(health: ServingHealth): string;
  /** The same for a row of a list, which has room for the cause alone. */
  short(service: ServiceSummary): string;
}

/** Says what the backend says in the reader's language. */
export function useSaid(): Said {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return useMemo(() => {
    // A newer backend may know causes that have no words here yet.
    const title: Said['title'] = ({ id, title: words }) =>
      id in saidTexts.cause ? t(`said.cause.${id}`, { title: words }) : words;
    const sentence = ({
      verdict,
      summary,
      pools: { decode, prefill },
      disaggregated,
    }: Pick<
      ServiceSummary,
      'verdict' | 'summary' | 'pools' | 'disaggregated'
    >) => {
      const words = {
        summary,
        decodeReady: String(decode?.ready),
        decodeDesired: String(decode?.desired ?? decode?.ready),
        prefillReady: String(prefill?.ready),
        prefillDesired: String(prefill?.desired ?? prefill?.ready),
      };
      if (verdict === 'Stopped') {
        return t('said.stopped', words);
      }
      if (verdict === 'Healthy') {
        return t(disaggregated ? 'said.healthy' : 'said.healthyEngine', words);
      }
      return summary;
    };
    return {
      title,
      // With causes the sentence says more than counts.
      summary: health =>
        health.causes.length === 0 ? sentence(health) : health.summary,
      short: service =>
        service.rootCause ? title(service.rootCause) : sentence(service),
    };
  }, [t]);
}
