import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LocatedFinding } from 'backstage-plugin-llm-inference-common';
import { useFindingWords } from '../lint/useFindingWords';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { findingLook } from './findingLook';
import styles from './FindingsList.module.css';

/** What the lints say, worst first; pressing one leads to its line. */
export function FindingsList({
  findings,
  onOpen,
}: {
  findings: LocatedFinding[];
  onOpen(finding: LocatedFinding): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const wordsOf = useFindingWords();
  return (
    <ul className={styles.list} aria-label={t('manifest.findings')}>
      {findings.map(finding => {
        const { id, path, level, line } = finding;
        const { tone, Icon } = findingLook[level];
        return (
          <Tone as="li" tone={tone} key={`${id} ${path}`}>
            <button
              type="button"
              className={styles.finding}
              onClick={() => onOpen(finding)}
            >
              <Icon aria-hidden className={styles.icon} />
              <span className={styles.text}>
                <span className={styles.place}>
                  <strong>{t(`manifest.level.${level}`)}</strong>
                  {' · '}
                  {t('manifest.line', { line: String(line) })}
                </span>
                <span>{wordsOf(finding).message}</span>
              </span>
            </button>
          </Tone>
        );
      })}
    </ul>
  );
}
