import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiLinkUnlinkM,
  RiLinkM,
  RiQuestionFill,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { KvTransferHealth } from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { KvLook, kvLook } from './kvLook';
import styles from './KvPath.module.css';

/**
 * The way of the KV cache from prefill to decode. A heavy line is RDMA, a thin one TCP, a dashed one
 * unverified; a gap means that nothing flows.
 */
export function KvPath({ kv }: { kv: KvTransferHealth }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const look = kvLook(kv);
  const Icon = icon(look);
  return (
    <Tone
      role="group"
      tone={look.tone}
      className={styles.path}
      aria-label={t('kv.title')}
    >
      <span className={styles.above}>
        {t('kv.short')}
        {' · '}
        <strong>{t(`kv.fabric.${kv.fabric}`)}</strong>
        {kv.bytesPerSecond !== undefined && (
          <>
            {' · '}
            <strong className={styles.rate}>
              {format.throughput(kv.bytesPerSecond)}
            </strong>
          </>
        )}
      </span>
      <span
        className={styles.track}
        data-fabric={kv.fabric}
        data-line={look.line}
        aria-hidden
      >
        <span className={styles.line} />
        <Icon className={styles.icon} />
        <span className={styles.line} />
        <span className={styles.head} />
      </span>
      <span className={styles.below}>
        {t(`kv.configuration.${kv.configuration}`)}
        {kv.configuration === 'Paired' && (
          <>
            {' · '}
            {t(`kv.effectiveness.${kv.effectiveness}`)}
          </>
        )}
      </span>
    </Tone>
  );
}

function icon({ tone, line }: KvLook) {
  if (line === 'broken') {
    return RiLinkUnlinkM;
  }
  if (line === 'unknown') {
    return RiQuestionFill;
  }
  if (tone === 'warning') {
    return RiAlertFill;
  }
  return tone === 'positive' ? RiCheckboxCircleFill : RiLinkM;
}
