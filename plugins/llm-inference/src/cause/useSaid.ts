import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Cause,
  CauseId,
  ServiceMetrics,
  ServiceSummary,
  ServingHealth,
  SourceState,
  SummaryPart,
  Transition,
  UnmeasuredPod,
} from 'backstage-plugin-llm-inference-common';
import { failureOf } from '../api/isRefusal';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { saidTexts } from './said';
import { variantOf } from './variantOf';

/** What the backend says of services, in the reader's language where there are words for it. */
interface Said {
  /** A few words for a cause. */
  title(cause: Pick<Cause, 'id' | 'title' | 'words'>): string;
  /** What a cause means. */
  explanation(cause: Cause): string;
  /** What to do about it. */
  remedy(cause: Cause): string;
  /** The sentence about a whole service. */
  summary(
    health: Pick<ServingHealth, 'verdict' | 'summary' | 'summaryParts'>,
  ): string;
  /** The same for a row of a list, which has room for the cause alone. */
  short(service: ServiceSummary): string;
  /** The sentence about the service of a row. */
  long(service: ServiceSummary): string;
  /** What was said when a verdict changed. */
  transition(transition: Transition): string;
  /** Why something could not be read or done, with the words of the backend. */
  error(error: Error): string;
  /** What is wrong with the connection of a cluster, with the words that it came with. */
  connection(state: SourceState, message: string): string;
  /** Why a pod is not measured. */
  unmeasured(source: ServiceMetrics['source'], pod: UnmeasuredPod): string;
}

type Words = Readonly<Record<string, string>>;

/** Says what the backend says in the reader's language. */
export function useSaid(): Said {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return useMemo(() => {
    // Keys are put together from data, which no type can follow; `variantOf` takes them from the texts.
    const tell = t as (key: string, words: Words) => string;
    const ofCause = (
      { id, words }: Pick<Cause, 'id' | 'words'>,
      text: 'title' | 'explanation' | 'remedy',
      said: string,
    ) => {
      // A newer backend may know causes that have no words here yet; an older one tells no words.
      if (!(id in saidTexts.cause) || !words) return said;
      const key = variantOf(saidTexts.cause[id], text, words);
      return tell(`said.cause.${id}.${key}`, named(words, said));
    };
    const title: Said['title'] = cause => ofCause(cause, 'title', cause.title);
    const name = (id: CauseId, said: string) =>
      id in saidTexts.name ? t(`said.name.${id}`, { said }) : said;
    const part = ({ says, cause, words }: SummaryPart) =>
      tell(`said.summary.${variantOf(saidTexts.summary, says, words)}`, {
        ...named(words, ''),
        title: cause ? title({ id: cause, title: cause, words }) : '',
      });
    const ofVerdict = ({
      verdict,
      summary,
    }: Pick<Transition, 'verdict' | 'summary'>) =>
      t(`said.verdict.${verdict}`, { said: summary });
    const sentence = (
      told: Pick<ServingHealth, 'verdict' | 'summary' | 'summaryParts'>,
    ) => {
      const { summary, summaryParts = [] } = told;
      // A language that goes through with what was said has it once, however many parts it has.
      const isEnglish = ofVerdict(told) === summary;
      // A newer backend may say what has no words here yet.
      const isKnown = summaryParts.every(
        ({ says, cause }) =>
          says in saidTexts.summary && (!cause || cause in saidTexts.cause),
      );
      return isEnglish || !isKnown || summaryParts.length === 0
        ? ofVerdict(told)
        : summaryParts.map(part).join('; ');
    };
    return {
      title,
      explanation: cause => ofCause(cause, 'explanation', cause.explanation),
      remedy: cause => ofCause(cause, 'remedy', cause.remedy),
      summary: sentence,
      short: service =>
        service.rootCause
          ? name(service.rootCause.id, service.rootCause.title)
          : sentence(service),
      long: ({ rootCause, ...told }) =>
        rootCause ? name(rootCause.id, told.summary) : sentence(told),
      transition: ({ rootCause, ...told }) =>
        rootCause ? name(rootCause, told.summary) : ofVerdict(told),
      error: error =>
        t(`said.error.${failureOf(error)}`, { said: error.message }),
      connection: (state, message) =>
        t(`said.connection.${state}`, { said: message }),
      unmeasured: (source, { problem, message }) =>
        source === 'Off'
          ? message
          : t(`said.unmeasured.${source}.${problem}`, { said: message }),
    };
  }, [t]);
}

function named(words: Words, said: string): Words {
  const { pool = '' } = words;
  return {
    ...words,
    said,
    poolName: pool.charAt(0).toUpperCase() + pool.slice(1),
  };
}
