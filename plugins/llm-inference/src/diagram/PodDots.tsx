import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PoolHealth } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { POD_MARKS } from './podMark';
import { countMarks, poolMarks } from './poolMarks';
import styles from './PodDots.module.css';

/** One dot per pod, or one cell per group of pods. Shape says the same as colour. */
export function PodDots({
  pool,
  maxPods,
}: {
  pool: PoolHealth;
  maxPods: number;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const marks = poolMarks(pool);
  const counts = countMarks(marks);
  const shown = marks.slice(0, maxPods);
  const grouped = pool.topology === 'MultiNode';
  return (
    <div
      className={styles.dots}
      role="img"
      aria-label={POD_MARKS.filter(mark => counts[mark] > 0)
        .map(mark => t(`pool.marks.${mark}`, { number: String(counts[mark]) }))
        .join(', ')}
    >
      {shown.map(({ key, mark, pods }) => (
        <span
          key={key}
          className={grouped ? styles.group : styles.dot}
          data-mark={mark}
          title={pods.map(podTitle).join('\n') || undefined}
        >
          {grouped &&
            pods.map(pod => <span key={pod.name} className={styles.member} />)}
        </span>
      ))}
      {marks.length > shown.length && (
        <span className={styles.more}>
          {t('pool.more', { number: String(marks.length - shown.length) })}
        </span>
      )}
    </div>
  );
}

function podTitle(pod: PoolHealth['pods'][number]): string {
  return [pod.name, pod.reason ?? pod.phase].join(': ');
}
