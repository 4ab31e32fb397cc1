import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiErrorWarningLine, RiLock2Line } from '@remixicon/react';
import { statusOf } from '../api/isRefusal';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Notice } from './Notice';

/** In place of a list of services that was never read: not allowed, or the backend is away. It is read again by itself. */
export function ListUnavailable({
  error,
  denied,
}: {
  error: Error;
  /** What to say where the user may not see it. */
  denied: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const isDenied = statusOf(error) === 403;
  return (
    <Notice
      tone={isDenied ? 'neutral' : 'warning'}
      Icon={isDenied ? RiLock2Line : RiErrorWarningLine}
      title={t(isDenied ? 'states.denied.title' : 'states.failed.title')}
    >
      <p>{isDenied ? denied : said.error(error)}</p>
    </Notice>
  );
}
