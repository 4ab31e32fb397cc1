import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleFill,
  RiLinkUnlinkM,
  RiQuestionFill,
} from '@remixicon/react';
import type { VerifyPdResult } from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './VerifyPdDialog.module.css';

const LOOKS = {
  Moved: { tone: 'positive', Icon: RiCheckboxCircleFill },
  NotMoved: { tone: 'warning', Icon: RiLinkUnlinkM },
  Unknown: { tone: 'neutral', Icon: RiQuestionFill },
} as const;

/** What a verification has proven: whether KV cache moved, how much, how fast and over what. */
export function VerifyPdOutcome({ result }: { result: VerifyPdResult }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { outcome, counted } = result;
  return (
    <>
      <Notice {...LOOKS[outcome]} title={t(`verify.outcome.${outcome}`)}>
        <p>{t(`verify.explanation.${outcome}`)}</p>
      </Notice>
      <Numbers result={result} />
      {(counted.answered ?? 0) > 1 && <p>{t('verify.othersCount')}</p>}
    </>
  );
}

function Numbers({
  result: { bandwidth, counted, fabric, outcome, request },
}: {
  result: VerifyPdResult;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const count = (value: number | null) =>
    value === null ? undefined : format.figure(value);
  const duration = format.duration(request.seconds);
  const rows: [string, ReactNode][] = [
    [
      t('verify.number.fabric'),
      outcome === 'Moved' ? t(`kv.fabric.${fabric}`) : undefined,
    ],
    [
      t('verify.number.moved'),
      counted.bytes ? format.bytes(counted.bytes) : count(counted.bytes),
    ],
    [
      t('verify.number.took'),
      counted.transferSeconds
        ? format.duration(counted.transferSeconds)
        : undefined,
    ],
    [
      t('verify.number.bandwidth'),
      bandwidth ? format.throughput(bandwidth) : undefined,
    ],
    [t('verify.number.transfers'), count(counted.transfers)],
    [t('verify.number.failed'), count(counted.failedTransfers)],
    [t('verify.number.external'), count(counted.externalTokens)],
    [t('verify.number.prefill'), count(counted.prefillTokens)],
    [t('verify.number.answered'), count(counted.answered)],
    [
      t('verify.number.request'),
      request.promptTokens === null
        ? t('verify.requestOnly', { duration })
        : t('verify.request', {
            tokens: format.figure(request.promptTokens),
            duration,
          }),
    ],
  ];
  return (
    <dl className={styles.numbers}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.number}>
          <dt>{name}</dt>
          <dd>{value ?? t('verify.unknown')}</dd>
        </div>
      ))}
    </dl>
  );
}
