import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiErrorWarningLine, RiLock2Line } from '@remixicon/react';
import { statusOf } from '../api/isRefusal';
import { liveStatusApiRef } from '../live/LiveStatusApi';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Notice } from './Notice';

/** There never was an answer for the entity: not allowed, or the backend is away. */
export function StatusUnavailable({
  error,
  entityRef,
}: {
  error: Error;
  entityRef: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const live = useApi(liveStatusApiRef);
  if (statusOf(error) === 403) {
    return (
      <Notice
        tone="neutral"
        Icon={RiLock2Line}
        title={t('states.denied.title')}
      >
        <p>{t('states.denied.description')}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="warning"
      Icon={RiErrorWarningLine}
      title={t('states.failed.title')}
    >
      <p>{said.error(error)}</p>
      <Button
        variant="secondary"
        size="small"
        onPress={() => live.refreshEntity(entityRef)}
      >
        {t('states.failed.retry')}
      </Button>
    </Notice>
  );
}
