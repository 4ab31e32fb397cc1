import { useEffect, useMemo, useState } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Flex, Link, Skeleton, Text } from '@backstage/ui';
import { RiCheckboxCircleLine } from '@remixicon/react';
import type {
  ServiceListQuery,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { paramsFromQuery } from '../fleet/fleetQuery';
import { ListFreshness } from '../freshness/ListFreshness';
import { useServiceList } from '../live/useServiceList';
import { fleetRouteRef } from '../routes';
import { ListUnavailable } from '../states/ListUnavailable';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { SummaryRows } from './SummaryRows';

/** The verdicts that ask for a person. */
const ATTENTION: Verdict[] = ['Unavailable', 'Missing', 'Degraded', 'Unknown'];
const SHOWN = 8;

/** The services of the user's teams that need attention, worst first. */
export function NeedsAttention() {
  const identity = useApi(identityApiRef);
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [owners, setOwners] = useState<string[]>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    let wanted = true;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => wanted && setOwners(ownershipEntityRefs),
      failure => wanted && setError(toError(failure)),
    );
    return () => {
      wanted = false;
    };
  }, [identity]);
  if (error) {
    return <ListUnavailable error={error} denied={t('fleet.denied')} />;
  }
  return owners ? (
    <AttentionOf owners={owners} />
  ) : (
    <Skeleton width="100%" height="6rem" />
  );
}

function AttentionOf({ owners }: { owners: string[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const fleet = useRouteRef(fleetRouteRef);
  const query: ServiceListQuery = useMemo(
    () => ({
      owner: owners,
      verdict: ATTENTION,
      sort: 'verdict',
      limit: SHOWN,
    }),
    [owners],
  );
  const { list, live, error, readAt } = useServiceList(query);
  if (!list) {
    return error ? (
      <ListUnavailable error={error} denied={t('fleet.denied')} />
    ) : (
      <Skeleton width="100%" height="6rem" />
    );
  }
  // A list that is up to date needs no word about it here; one that is not may no longer hold.
  const old = (error || live.connection === 'Away') && (
    <ListFreshness connection={live.connection} readAt={readAt} error={error} />
  );
  if (list.total === 0) {
    return (
      <Flex direction="column" gap="3">
        <Notice
          tone={old ? 'neutral' : 'positive'}
          Icon={RiCheckboxCircleLine}
          title={t('home.none')}
        >
          <p>{t('home.noneDescription')}</p>
        </Notice>
        {old}
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="3">
      <SummaryRows items={list.items} />
      {old}
      <Text variant="body-small">
        <Link
          href={`${fleet()}?${paramsFromQuery({
            owner: owners,
            verdict: ATTENTION,
          })}`}
        >
          {t('home.all', { count: list.total })}
        </Link>
      </Text>
    </Flex>
  );
}
