import {
  RiCloudOffLine,
  RiLoader4Line,
  RiPulseLine,
  RiRefreshLine,
  RiWifiOffLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Freshness } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { useFormat } from '../elements/useFormat';
import type { LiveConnection } from '../live/LiveStatusApi';
import { Tone, ToneName } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { freshnessKind, FreshnessKind } from './freshnessKind';
import styles from './FreshnessLine.module.css';

const looks: Record<
  FreshnessKind,
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  live: { tone: 'positive', Icon: RiPulseLine },
  polling: { tone: 'neutral', Icon: RiRefreshLine },
  connecting: { tone: 'neutral', Icon: RiLoader4Line },
  syncing: { tone: 'announcement', Icon: RiLoader4Line },
  stale: { tone: 'warning', Icon: RiWifiOffLine },
  away: { tone: 'warning', Icon: RiCloudOffLine },
};

/** How fresh what is shown is: live, or as of when and why. */
export function FreshnessLine({
  freshness,
  cluster,
  connection,
  seenAt,
}: {
  freshness: Freshness;
  cluster: string;
  connection: LiveConnection;
  /** When the backend last answered; milliseconds since the epoch. */
  seenAt: number | undefined;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const said = useSaid();
  const kind = freshnessKind(freshness, connection);
  const { tone, Icon } = looks[kind];
  const time = format.moment(
    kind === 'away' ? seenAt ?? freshness.asOf : freshness.asOf,
  );
  return (
    <Tone
      as="span"
      tone={tone}
      className={styles.line}
      role="status"
      title={
        kind === 'stale' && freshness.message
          ? said.connection('Stale', freshness.message)
          : undefined
      }
    >
      <Icon aria-hidden className={styles.icon} />
      {t(`freshness.${kind}`, { time, cluster })}
    </Tone>
  );
}
