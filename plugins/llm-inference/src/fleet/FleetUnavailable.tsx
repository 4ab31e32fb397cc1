import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { RiErrorWarningLine, RiLock2Line } from '@remixicon/react';
import { statusOf } from '../api/isRefusal';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';

/** The fleet was never read: not allowed, or the backend is away. It is read again by itself. */
export function FleetUnavailable({ error }: { error: Error }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const denied = statusOf(error) === 403;
  return (
    <Container py="4">
      <Notice
        tone={denied ? 'neutral' : 'warning'}
        Icon={denied ? RiLock2Line : RiErrorWarningLine}
        title={t(denied ? 'states.denied.title' : 'states.failed.title')}
      >
        <p>{denied ? t('fleet.denied') : said.error(error)}</p>
      </Notice>
    </Container>
  );
}
