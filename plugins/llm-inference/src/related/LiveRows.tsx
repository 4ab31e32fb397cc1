import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { isRefusal } from '../api/isRefusal';
import { ListFreshness } from '../freshness/ListFreshness';
import { useEntityStatuses } from '../live/useEntityStatuses';
import { ListUnavailable } from '../states/ListUnavailable';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { rankServices } from './rankServices';
import { ServiceRows } from './ServiceRows';

/** The services of several entities, kept up to date; where nothing is known of any, why. */
export function LiveRows({ entityRefs }: { entityRefs: string[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const statuses = useEntityStatuses(entityRefs);
  const known = statuses.filter(({ status }) => status);
  if (known.length === 0) {
    const errors = statuses.flatMap(({ error }) => error ?? []);
    // A refusal is for good; anything else may pass, and tells more of why the list is empty.
    const why = errors.find(error => !isRefusal(error)) ?? errors[0];
    return errors.length < statuses.length ? (
      <Skeleton width="100%" height="3rem" />
    ) : (
      <ListUnavailable error={why} denied={t('states.denied.description')} />
    );
  }
  const isAway = known.some(({ connection }) => connection === 'Away');
  return (
    <>
      <ServiceRows rows={rankServices(entityRefs, statuses)} />
      {isAway && (
        <ListFreshness
          connection="Away"
          readAt={Math.min(...known.flatMap(({ seenAt }) => seenAt ?? []))}
          error={undefined}
        />
      )}
    </>
  );
}
