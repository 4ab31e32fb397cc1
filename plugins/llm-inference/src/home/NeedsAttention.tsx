import { useEffect, useMemo, useState } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
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
import { FleetUnavailable } from '../fleet/FleetUnavailable';
import { paramsFromQuery } from '../fleet/fleetQuery';
import { useServiceList } from '../live/useServiceList';
import { fleetRouteRef } from '../routes';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { SummaryRows } from './SummaryRows';

/** The verdicts that ask for a person. */
const ATTENTION: Verdict[] = ['Unavailable', 'Missing', 'Degraded', 'Unknown'];
const SHOWN = 8;

/** The services of the user's teams that need attention, worst first. */
export function NeedsAttention() {
  const identity = useApi(identityApiRef);
  const [owners, setOwners] = useState<string[]>();
  useEffect(() => {
    let wanted = true;
    identity
      .getBackstageIdentity()
      .then(
        ({ ownershipEntityRefs }) => wanted && setOwners(ownershipEntityRefs),
      );
    return () => {
      wanted = false;
    };
  }, [identity]);
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
  const { list, error } = useServiceList(query);
  if (!list) {
    return error ? (
      <FleetUnavailable error={error} />
    ) : (
      <Skeleton width="100%" height="6rem" />
    );
  }
  if (list.total === 0) {
    return (
      <Notice
        tone="positive"
        Icon={RiCheckboxCircleLine}
        title={t('home.none')}
      >
        <p>{t('home.noneDescription')}</p>
      </Notice>
    );
  }
  return (
    <Flex direction="column" gap="3">
      <SummaryRows items={list.items} />
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
