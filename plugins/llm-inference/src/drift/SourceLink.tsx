import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { ServiceDrift } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { webAddress } from '../elements/webAddress';
import styles from './Drift.module.css';

/** Characters of a commit that people compare. */
const SHORT_COMMIT = 8;

/** Where the manifest is in Git; nothing where that is not known. */
export function SourceLink({ drift: { source } }: { drift: ServiceDrift }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const url = webAddress(source?.url);
  if (!source || !url) {
    return null;
  }
  return (
    <p className={styles.quiet}>
      <Link href={url} target="_blank" rel="noopener noreferrer">
        {t('drift.source')}
      </Link>
      {source.revision &&
        ` ${t('drift.revision', {
          revision: source.revision.slice(0, SHORT_COMMIT),
        })}`}
    </p>
  );
}
