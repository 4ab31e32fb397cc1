import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import type { LiveEntityStatus } from '../live/LiveStatusApi';
import { ServicePicker } from '../service/ServicePicker';
import { useChosenService } from '../service/useChosenService';
import { UnwatchedClusters } from '../states/UnwatchedClusters';
import { ServiceGlance } from './ServiceGlance';
import styles from './ServiceList.module.css';

/** One service at a glance; of several clusters one line each, worst first, and the chosen one below. */
export function ServiceList({
  status: { services, clusters },
  live,
  ...options
}: {
  status: EntityStatus;
  live: LiveEntityStatus;
  maxPods: number;
  changeTemplate: string;
}) {
  const { chosen, choose } = useChosenService(services);
  return (
    <div className={styles.list}>
      <ServicePicker services={services} chosen={chosen} onChoose={choose} />
      <ServiceGlance
        service={chosen}
        connection={live.connection}
        seenAt={live.seenAt}
        {...options}
      />
      <UnwatchedClusters clusters={clusters} />
    </div>
  );
}
