import type { ReactNode } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody } from '@backstage/ui';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { CardSkeleton } from '../card/CardSkeleton';
import { useEntityStatus } from '../live/useEntityStatus';
import { ServicePicker } from '../service/ServicePicker';
import { useChosenService } from '../service/useChosenService';
import { CHANGE_TEMPLATE } from '../remedy/changeTemplate';
import { MissingAnnotation } from '../states/MissingAnnotation';
import { NoServices } from '../states/NoServices';
import { StatusUnavailable } from '../states/StatusUnavailable';
import { UnwatchedClusters } from '../states/UnwatchedClusters';
import type { LiveEntityStatus } from '../live/LiveStatusApi';
import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import type { ExternalLink } from './externalLinks';
import { ServiceDetails } from './ServiceDetails';
import styles from './EntityServingContent.module.css';

/** Props of the entity page's tab. @public */
export interface EntityServingContentProps {
  /** How many pods a pool shows as dots before it counts the rest; 200 where absent. */
  maxPods?: number;
  /** Further places to look at a service, for example Grafana or Argo CD. */
  links?: ExternalLink[];
  /** Reference of the software template that changes a service; `template:default/change-pd-service` where absent. */
  changeTemplate?: string;
}

/**
 * The tab of an entity page: everything about a service, and what to do about it.
 *
 * @public
 */
export function EntityServingContent({
  maxPods = 200,
  links = [],
  changeTemplate = CHANGE_TEMPLATE,
}: EntityServingContentProps) {
  const { entity } = useEntity();
  const service = entity.metadata.annotations?.[SERVICE_ANNOTATION];
  return (
    <div className={styles.content}>
      {service ? (
        <Serving
          entityRef={stringifyEntityRef(entity)}
          service={service}
          maxPods={maxPods}
          links={links}
          changeTemplate={changeTemplate}
        />
      ) : (
        <Framed>
          <MissingAnnotation />
        </Framed>
      )}
    </div>
  );
}

function Serving({
  entityRef,
  service,
  ...options
}: {
  entityRef: string;
  /** As the annotation names it: `<namespace>/<name>`. */
  service: string;
  maxPods: number;
  links: ExternalLink[];
  changeTemplate: string;
}) {
  const live = useEntityStatus(entityRef);
  const { status, error } = live;
  if (status && status.services.length > 0) {
    return <Services status={status} live={live} {...options} />;
  }
  return (
    <Framed>
      {status && (
        <NoServices status={status} service={service} entityRef={entityRef} />
      )}
      {!status && error && (
        <StatusUnavailable error={error} entityRef={entityRef} />
      )}
      {!status && !error && <CardSkeleton />}
    </Framed>
  );
}

/** What stands in place of a service. */
function Framed({ children }: { children: ReactNode }) {
  return (
    <Card>
      <CardBody>{children}</CardBody>
    </Card>
  );
}

function Services({
  status: { services, clusters },
  live,
  ...options
}: {
  status: EntityStatus;
  live: LiveEntityStatus;
  maxPods: number;
  links: ExternalLink[];
  changeTemplate: string;
}) {
  const { chosen, choose } = useChosenService(services);
  return (
    <>
      <ServicePicker services={services} chosen={chosen} onChoose={choose} />
      <ServiceDetails
        service={chosen}
        connection={live.connection}
        seenAt={live.seenAt}
        {...options}
      />
      <UnwatchedClusters clusters={clusters} />
    </>
  );
}
