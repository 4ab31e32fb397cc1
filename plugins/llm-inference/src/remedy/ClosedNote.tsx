import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiGitClosePullRequestLine } from '@remixicon/react';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import type { ClosedReason } from './useChangeTemplate';
import styles from './Remedy.module.css';

/** Says why a service cannot be changed from here. */
export function ClosedNote({ closed }: { closed: ClosedReason }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <p className={styles.closed}>
      <RiGitClosePullRequestLine aria-hidden className={styles.icon} />
      <span>
        {closed.reason === 'notOwner' &&
          t('remedy.closed.notOwner', {
            owners: closed.owners.join(', ') || t('remedy.nobody'),
          })}
        {closed.reason === 'failed' &&
          t('remedy.closed.failed', { message: closed.message })}
        {closed.reason !== 'notOwner' &&
          closed.reason !== 'failed' &&
          t(`remedy.closed.${closed.reason}`)}
      </span>
    </p>
  );
}
