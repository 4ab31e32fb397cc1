import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { useEntityStatus } from '../live/useEntityStatus';
import { CHANGE_TEMPLATE } from '../remedy/changeTemplate';
import { MissingAnnotation } from '../states/MissingAnnotation';
import { NoServices } from '../states/NoServices';
import { StatusUnavailable } from '../states/StatusUnavailable';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { CardSkeleton } from './CardSkeleton';
import { ServiceList } from './ServiceList';
import styles from './EntityServingCard.module.css';

/** Props of the entity card. @public */
export interface EntityServingCardProps {
  /** How many pods a pool shows as dots before it counts the rest; 60 where absent. */
  maxPods?: number;
  /** Reference of the software template that changes a service; `template:default/change-pd-service` where absent. */
  changeTemplate?: string;
}

/**
 * The card of an entity page: whether the service serves, and if not, why.
 *
 * @public
 */
export function EntityServingCard({
  maxPods = 60,
  changeTemplate = CHANGE_TEMPLATE,
}: EntityServingCardProps) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { entity } = useEntity();
  const service = entity.metadata.annotations?.[SERVICE_ANNOTATION];
  return (
    <Card className={styles.card}>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('card.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {service ? (
          <ServingStatus
            entityRef={stringifyEntityRef(entity)}
            service={service}
            maxPods={maxPods}
            changeTemplate={changeTemplate}
          />
        ) : (
          <MissingAnnotation />
        )}
      </CardBody>
    </Card>
  );
}

function ServingStatus({
  entityRef,
  service,
  ...options
}: {
  entityRef: string;
  /** As the annotation names it: `<namespace>/<name>`. */
  service: string;
  maxPods: number;
  changeTemplate: string;
}) {
  const live = useEntityStatus(entityRef);
  const { status, error } = live;
  if (status && status.services.length > 0) {
    return <ServiceList status={status} live={live} {...options} />;
  }
  if (status) {
    return (
      <NoServices status={status} service={service} entityRef={entityRef} />
    );
  }
  if (error) {
    return <StatusUnavailable error={error} entityRef={entityRef} />;
  }
  return <CardSkeleton />;
}
