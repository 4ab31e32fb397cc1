import { entityOf } from './portal/entitiesModule';
import type { FleetService } from './FleetSize';
import type { PortalHandle } from './PortalHandle';

/** How often the page of the Kubernetes plugin asks, per minute. */
export const POLLS_PER_MINUTE = 6;

/** What the Kubernetes plugin answers, as far as it is read here. */
interface ObjectsByEntity {
  items: Array<{
    errors: unknown[];
    resources: Array<{
      type: string;
      resources: Array<{
        metadata?: { labels?: Record<string, string> };
        status?: { containerStatuses?: Array<{ ready: boolean }> };
      }>;
    }>;
  }>;
}

/** One poll of the Kubernetes plugin's page, as its React hook does it; answers the bytes of both bodies. */
export async function pollKubernetesPage(
  portal: PortalHandle,
  service: FleetService,
  signal?: AbortSignal,
): Promise<{ bytes: number; objects: Buffer }> {
  const clusters = await portal.get('/api/kubernetes/clusters', signal);
  const objects = await portal.post(
    `/api/kubernetes/services/${service.name}`,
    { auth: {}, entity: entityOf(service) },
    signal,
  );
  return { bytes: clusters.length + objects.length, objects };
}

/** Ready prefill pods that such a page shows. */
export function readyPrefillPods(objects: Buffer): number {
  const { items }: ObjectsByEntity = JSON.parse(objects.toString('utf8'));
  return items
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'pods')
    .flatMap(({ resources }) => resources)
    .filter(
      ({ metadata, status }) =>
        metadata?.labels?.['app.kubernetes.io/component'] ===
          'llminferenceservice-workload-prefill' &&
        status?.containerStatuses?.every(({ ready }) => ready),
    ).length;
}
