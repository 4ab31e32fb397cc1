import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Timeline,
  TimelineSegment,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { Tone } from '../look/Tone';
import { verdictLook } from '../look/verdictLook';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { timelineSummary } from './timelineSummary';
import styles from './TimelineBar.module.css';

/** The window as a skyline: the worse the verdict, the higher; a gap with a dotted line is unobserved. */
export function TimelineBar({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const name = ({ verdict }: TimelineSegment) =>
    verdict ? t(`verdict.${verdict}`) : t('history.unobserved');
  return (
    <figure className={styles.figure}>
      <div
        className={styles.bar}
        role="img"
        aria-label={timelineSummary(timeline)
          .map(({ verdict, share }) =>
            t('history.share', {
              verdict: verdict
                ? t(`verdict.${verdict}`)
                : t('history.unobserved'),
              share: format.percent(share),
            }),
          )
          .join(', ')}
      >
        {timeline.segments.map(segment => (
          <Tone
            as="span"
            key={segment.from}
            tone={
              segment.verdict ? verdictLook[segment.verdict].tone : 'neutral'
            }
            className={styles.segment}
            data-verdict={segment.verdict ?? 'Unobserved'}
            style={{ flexGrow: seconds(segment) }}
            title={`${name(segment)}, ${format.moment(
              segment.from,
            )} – ${format.moment(segment.until)}`}
          />
        ))}
      </div>
      <figcaption className={styles.scale}>
        <span>{format.moment(timeline.from)}</span>
        <span>{format.moment(timeline.until)}</span>
      </figcaption>
    </figure>
  );
}

function seconds({ from, until }: TimelineSegment): number {
  return (new Date(until).getTime() - new Date(from).getTime()) / 1000;
}
