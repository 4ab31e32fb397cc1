import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  ServiceStatus,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import type { LiveEntityStatus } from '../live/LiveStatusApi';

/** A service of an entity, or an entity of which no service is known. */
export interface RankedService {
  key: string;
  entityRef: string;
  verdict: Verdict;
  service?: ServiceStatus;
}

/** The services of several entities, worst first; what the user may not see is left out. */
export function rankServices(
  entityRefs: string[],
  statuses: LiveEntityStatus[],
): RankedService[] {
  return entityRefs
    .flatMap((entityRef, index) => ranked(entityRef, statuses[index]))
    .sort(
      (a, b) =>
        VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) ||
        a.key.localeCompare(b.key),
    );
}

function ranked(
  entityRef: string,
  { status }: LiveEntityStatus,
): RankedService[] {
  if (!status) {
    return [];
  }
  if (status.services.length === 0) {
    return [
      {
        key: entityRef,
        entityRef,
        verdict: status.reason === 'NotFound' ? 'Missing' : 'Unknown',
      },
    ];
  }
  return status.services.map(service => ({
    key: `${entityRef}@${service.service.cluster}`,
    entityRef,
    verdict: service.health.verdict,
    service,
  }));
}
