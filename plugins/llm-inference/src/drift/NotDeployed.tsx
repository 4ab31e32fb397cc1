import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceDrift } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { SourceLink } from './SourceLink';
import styles from './Drift.module.css';

/** What kept a service out of its cluster that is in Git: the controller's own words, and where the manifest is. */
export function NotDeployed({ drift }: { drift: ServiceDrift }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { gitOps } = drift;
  return (
    <div className={styles.section}>
      {gitOps?.message && (
        <figure className={styles.words}>
          <figcaption className={styles.quiet}>
            {t('drift.says', { tool: t(`drift.tool.${gitOps.tool}`) })}
          </figcaption>
          <blockquote className={styles.quote}>{gitOps.message}</blockquote>
        </figure>
      )}
      <SourceLink drift={drift} />
    </div>
  );
}
