import { useState } from 'react';
import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import type { LiveEntityStatus } from '../live/LiveStatusApi';
import { UnwatchedClusters } from '../states/UnwatchedClusters';
import { ServiceGlance } from './ServiceGlance';
import { ServiceLine } from './ServiceLine';
import styles from './ServiceList.module.css';

/** One service in full; of several clusters one line each, worst first, the chosen one in full. */
export function ServiceList({
  status,
  live,
  maxPods,
}: {
  status: EntityStatus;
  live: LiveEntityStatus;
  maxPods: number;
}) {
  const { services, clusters } = status;
  const [chosen, setChosen] = useState<string>();
  const open =
    services.find(({ service }) => service.cluster === chosen) ?? services[0];
  return (
    <div className={styles.list}>
      {services.length > 1 && (
        <ul className={styles.lines}>
          {services.map(service => (
            <li key={service.service.cluster}>
              <ServiceLine
                service={service}
                isOpen={service === open}
                onOpen={() => setChosen(service.service.cluster)}
              />
            </li>
          ))}
        </ul>
      )}
      <ServiceGlance
        service={open}
        connection={live.connection}
        seenAt={live.seenAt}
        maxPods={maxPods}
      />
      <UnwatchedClusters clusters={clusters} />
    </div>
  );
}
