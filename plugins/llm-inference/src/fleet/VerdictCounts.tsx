import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  ServiceList,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { VerdictLabel } from '../look/VerdictLabel';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './VerdictCounts.module.css';

/** How many services have each verdict, worst first; pressing one narrows the list to it. */
export function VerdictCounts({
  counts,
  selected,
  onSelect,
}: {
  counts: ServiceList['counts'] | undefined;
  selected: Verdict[];
  onSelect(verdicts: Verdict[]): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const toggle = (verdict: Verdict) =>
    onSelect(
      selected.includes(verdict)
        ? selected.filter(each => each !== verdict)
        : [...selected, verdict],
    );
  return (
    <div
      className={styles.counts}
      role="group"
      aria-label={t('fleet.countsLabel')}
    >
      {[...VERDICTS].reverse().map(verdict => (
        <button
          key={verdict}
          type="button"
          className={styles.count}
          aria-pressed={selected.includes(verdict)}
          onClick={() => toggle(verdict)}
        >
          <span className={styles.number} data-zero={!counts?.[verdict]}>
            {counts ? counts[verdict] ?? 0 : '–'}
          </span>
          <VerdictLabel verdict={verdict} size="small" />
        </button>
      ))}
    </div>
  );
}
