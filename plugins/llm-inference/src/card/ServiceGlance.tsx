import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { RootCause } from '../cause/RootCause';
import { ServingDiagram } from '../diagram/ServingDiagram';
import { NotDeployed } from '../drift/NotDeployed';
import { EndpointBox } from '../endpoint/EndpointBox';
import { freshnessKind, isOld } from '../freshness/freshnessKind';
import type { LiveConnection } from '../live/LiveStatusApi';
import { ServiceHead } from '../service/ServiceHead';
import styles from './ServiceGlance.module.css';

/** A service of one cluster at a glance. */
export function ServiceGlance({
  service,
  connection,
  seenAt,
  maxPods,
  changeTemplate,
}: {
  service: ServiceStatus;
  connection: LiveConnection;
  seenAt: number | undefined;
  maxPods: number;
  changeTemplate: string;
}) {
  const { health } = service;
  return (
    <div className={styles.glance}>
      <ServiceHead service={service} connection={connection} seenAt={seenAt} />
      <div className={styles.body}>
        <RootCause health={health} changeTemplate={changeTemplate} />
        {service.drift?.state === 'NotDeployed' && (
          <NotDeployed drift={service.drift} />
        )}
        {health.verdict !== 'Missing' && (
          <ServingDiagram
            health={health}
            maxPods={maxPods}
            isOld={isOld(freshnessKind(service.freshness, connection))}
          />
        )}
      </div>
      <EndpointBox endpoints={health.endpoints} />
    </div>
  );
}
