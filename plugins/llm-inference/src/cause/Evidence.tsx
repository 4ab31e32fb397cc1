import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Evidence } from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './Evidence.module.css';

/** What was observed, word for word, each with where it was read. */
export function EvidenceList({ evidence }: { evidence: Evidence[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  if (evidence.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label={t('cause.evidence')}>
      {evidence.map(({ kind, object, quote, at }, index) => (
        <li key={index}>
          <figure className={styles.item}>
            <figcaption className={styles.source}>
              {t(`cause.evidenceKind.${kind}`)} · {object}
              {at && ` · ${format.moment(at)}`}
            </figcaption>
            <blockquote className={styles.quote}>{quote}</blockquote>
          </figure>
        </li>
      ))}
    </ul>
  );
}
