import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { ServiceLine } from './ServiceLine';
import styles from './ServicePicker.module.css';

/** The services of several clusters, one line each, worst first; nothing where there is only one. */
export function ServicePicker({
  services,
  chosen,
  onChoose,
}: {
  services: ServiceStatus[];
  chosen: ServiceStatus;
  onChoose(cluster: string): void;
}) {
  if (services.length < 2) {
    return null;
  }
  return (
    <ul className={styles.lines}>
      {services.map(service => (
        <li key={service.service.cluster}>
          <ServiceLine
            service={service}
            isOpen={service === chosen}
            onOpen={() => onChoose(service.service.cluster)}
          />
        </li>
      ))}
    </ul>
  );
}
