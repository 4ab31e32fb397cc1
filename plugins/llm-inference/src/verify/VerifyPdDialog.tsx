import { useEffect, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import { RiErrorWarningLine, RiTimerLine } from '@remixicon/react';
import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { statusOf } from '../api/isRefusal';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { useVerifyPd } from './useVerifyPd';
import { VerifyPdOutcome } from './VerifyPdOutcome';
import styles from './VerifyPdDialog.module.css';

/** Says what verifying does, does it, and tells what came of it. */
export function VerifyPdDialog({
  health,
  close,
}: {
  health: ServingHealth;
  close(): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { verification, run } = useVerifyPd(health.service);
  const { state } = verification;
  const isEnded = state === 'done' || state === 'failed';
  const obstacle = obstacleOf(health);
  return (
    <Dialog
      isOpen
      isDismissable={state !== 'running'}
      onOpenChange={open => !open && close()}
      width="min(36rem, 92vw)"
    >
      <DialogHeader>{t('verify.title')}</DialogHeader>
      <DialogBody className={styles.body}>
        {state === 'asking' && <Explanation health={health} />}
        {state === 'asking' && obstacle && (
          <Notice
            tone="warning"
            Icon={RiErrorWarningLine}
            title={t(`verify.${obstacle}`)}
          >
            {null}
          </Notice>
        )}
        {state === 'running' && <Running startedAt={verification.startedAt} />}
        {state === 'done' && <VerifyPdOutcome result={verification.result} />}
        {state === 'failed' && <Failure error={verification.error} />}
      </DialogBody>
      <DialogFooter>
        {state !== 'running' && (
          <Button
            variant={state === 'asking' ? 'primary' : 'secondary'}
            isDisabled={obstacle !== undefined}
            onPress={run}
          >
            {t(isEnded ? 'verify.again' : 'verify.run')}
          </Button>
        )}
        <Button variant="secondary" onPress={close}>
          {t(isEnded ? 'verify.close' : 'verify.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Why there is nothing to send, or nobody to send it to. */
function obstacleOf({
  endpoints: [endpoint],
  verdict,
}: ServingHealth): 'stopped' | 'noEndpoint' | undefined {
  if (verdict === 'Stopped') {
    return 'stopped';
  }
  return endpoint?.models[0] ? undefined : 'noEndpoint';
}

function Explanation({
  health: {
    endpoints: [endpoint],
  },
}: {
  health: ServingHealth;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <>
      <p>{t('verify.does')}</p>
      <ul className={styles.steps}>
        <li>{t('verify.prompt')}</li>
        {endpoint?.models[0] && (
          <li>
            {t('verify.endpoint', {
              url: endpoint.url,
              model: endpoint.models[0],
            })}
          </li>
        )}
        <li>{t('verify.counters')}</li>
      </ul>
      <p>{t('verify.audited')}</p>
    </>
  );
}

function Running({ startedAt }: { startedAt: number }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <p role="status">{t('verify.running')}</p>
      <p className={styles.elapsed} aria-hidden>
        <RiTimerLine />
        {t('verify.elapsed', {
          seconds: String(Math.round((now - startedAt) / 1000)),
        })}
      </p>
      <Skeleton width="100%" height="6rem" />
    </>
  );
}

const REASONS: Record<number, 'limited' | 'busy' | 'denied'> = {
  403: 'denied',
  409: 'limited',
  503: 'busy',
};

function Failure({ error }: { error: Error }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const reason = REASONS[statusOf(error) ?? 0] ?? 'other';
  return (
    <Notice
      tone={reason === 'limited' ? 'neutral' : 'warning'}
      Icon={reason === 'limited' ? RiTimerLine : RiErrorWarningLine}
      title={t(`verify.failed.${reason}`)}
    >
      <p>{said.error(error)}</p>
    </Notice>
  );
}
