import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Skeleton, Text } from '@backstage/ui';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { LiveRows } from './LiveRows';
import { useRelatedServiceEntities } from './useRelatedServiceEntities';

/**
 * The card on the page of a model or a system: the services that belong to it, worst first. A system
 * without any shows nothing.
 *
 * @public
 */
export function RelatedServicesCard() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const { entity } = useEntity();
  const { entityRefs, error } = useRelatedServiceEntities(entity);
  const kind =
    entity.kind.toLocaleLowerCase('en-US') === 'system' ? 'system' : 'model';
  if (kind === 'system' && !entityRefs?.length) {
    return null;
  }
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t(`related.${kind}.title`)}
        </Text>
      </CardHeader>
      <CardBody>
        {error && <Text as="p">{said.error(error)}</Text>}
        {!error && !entityRefs && <Skeleton width="100%" height="3rem" />}
        {entityRefs?.length === 0 && (
          <Text as="p">{t(`related.${kind}.none`)}</Text>
        )}
        {entityRefs && entityRefs.length > 0 && (
          <LiveRows entityRefs={entityRefs} />
        )}
      </CardBody>
    </Card>
  );
}
