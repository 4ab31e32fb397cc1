import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './CardSkeleton.module.css';

/** The outline of a service at a glance, in the sizes of what will stand there, so that nothing jumps. */
export function CardSkeleton() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <div className={styles.frame} data-testid="serving-skeleton">
      <VisuallyHidden role="status">{t('card.loading')}</VisuallyHidden>
      <div className={styles.skeleton}>
        <div className={styles.head}>
          <Skeleton width="9rem" height="1.75rem" />
          <Skeleton width="70%" height="1.375rem" />
          <Skeleton width="60%" height="0.875rem" />
          <Skeleton width="40%" height="1.0625rem" />
        </div>
        <div className={styles.diagram}>
          <Skeleton width="100%" height="2.375rem" />
          <div className={styles.pools}>
            <Skeleton width="100%" height="8.5rem" />
            <Skeleton width="100%" height="8.5rem" />
          </div>
        </div>
        <Skeleton width="60%" height="2rem" />
      </div>
    </div>
  );
}
