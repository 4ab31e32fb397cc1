import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import type { Finding } from 'backstage-plugin-llm-inference-common';
import { useFindingWords } from '../../lint/useFindingWords';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import styles from './preview.module.css';

const STATUS = { error: 'danger', warning: 'warning', info: 'info' } as const;

/** What the checks say about the manifests, worst first. */
export function FindingList({ findings }: { findings: Finding[] }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const wordsOf = useFindingWords();
  if (findings.length === 0) {
    return <Text color="secondary">{t('preview.noFindings')}</Text>;
  }
  return (
    <ul className={styles.findings}>
      {findings.map(finding => {
        const { id, level, path } = finding;
        const { message, fix } = wordsOf(finding);
        return (
          <li key={`${id} ${path}`}>
            <Alert
              status={STATUS[level]}
              icon
              title={message}
              description={`${fix} (${path})`}
            />
          </li>
        );
      })}
    </ul>
  );
}
