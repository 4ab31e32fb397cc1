import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './CardSkeleton.module.css';

/** The outline of the card, in the sizes of what will stand there, so that nothing jumps. */
export function CardSkeleton() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <div className={styles.skeleton} data-testid="serving-skeleton">
      <VisuallyHidden role="status">{t('card.loading')}</VisuallyHidden>
      <Skeleton width="9rem" height="1.75rem" />
      <Skeleton width="80%" height="1.25rem" />
      <Skeleton width="100%" height="2.375rem" />
      <div className={styles.pools}>
        <Skeleton width="100%" height="8.25rem" />
        <Skeleton width="100%" height="8.25rem" />
      </div>
      <Skeleton width="60%" height="1.25rem" />
    </div>
  );
}
