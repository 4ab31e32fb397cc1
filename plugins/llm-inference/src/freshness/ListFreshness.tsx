import {
  RiCloudOffLine,
  RiLoader4Line,
  RiPulseLine,
  RiRefreshLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '../elements/useFormat';
import type { LiveConnection } from '../live/LiveStatusApi';
import { Tone, ToneName } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './FreshnessLine.module.css';

const looks: Record<
  'live' | 'polling' | 'connecting' | 'away',
  { tone: ToneName; Icon: typeof RiPulseLine }
> = {
  live: { tone: 'positive', Icon: RiPulseLine },
  polling: { tone: 'neutral', Icon: RiRefreshLine },
  connecting: { tone: 'neutral', Icon: RiLoader4Line },
  away: { tone: 'warning', Icon: RiCloudOffLine },
};

const kindOf = {
  Live: 'live',
  Polling: 'polling',
  Connecting: 'connecting',
  Away: 'away',
} as const;

/** How fresh a list of services is: live, or as of when. */
export function ListFreshness({
  connection,
  readAt,
  error,
}: {
  connection: LiveConnection;
  /** When the list was read; milliseconds since the epoch. */
  readAt: number | undefined;
  /** Why the last reading failed. */
  error: Error | undefined;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const kind = error ? 'away' : kindOf[connection];
  const { tone, Icon } = looks[kind];
  return (
    <Tone as="span" tone={tone} className={styles.line} role="status">
      <Icon aria-hidden className={styles.icon} />
      {t(`freshness.${kind}`, {
        time: readAt === undefined ? '–' : format.moment(readAt),
      })}
    </Tone>
  );
}
