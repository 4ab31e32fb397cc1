import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import type { ClusterCapabilities } from 'backstage-plugin-llm-inference-common';
import { TimedCache } from '../access/TimedCache';
import type { Fleet } from '../watch/Fleet';
import { readCapabilities } from './readCapabilities';

/** How old an answer may be: forms ask often, nodes change seldom. */
const LIFETIME_MS = 60_000;

/** A reading takes at most this long. */
const LONGEST_MS = 20_000;

/** Knows what each cluster offers; reads it when somebody asks, and once for all who ask. */
export class Capabilities {
  readonly #fleet: Fleet;
  readonly #cache = new TimedCache<ClusterCapabilities>({
    lifetimeMs: LIFETIME_MS,
    capacity: 200,
  });

  readonly #tracing: TracingService;

  constructor(fleet: Fleet, tracing: TracingService) {
    this.#fleet = fleet;
    this.#tracing = tracing;
  }

  /** What a cluster offers; throws where there is no such cluster or it cannot be reached at all. */
  async of(cluster: string): Promise<ClusterCapabilities> {
    const watcher = this.#fleet.watcher(cluster);
    if (!watcher) throw new NotFoundError(`There is no cluster '${cluster}'`);
    const { client, store } = watcher;
    if (!client) {
      throw new ServiceUnavailableError(`Cluster ${cluster} cannot be watched`);
    }
    const kept = this.#cache.get(cluster);
    if (kept) return await kept;
    const pods = store.objectsOfKind('Pod');
    const [service] = store.objectsOfKind('LLMInferenceService');
    const served =
      watcher.status().resources.llminferenceservices?.state === 'Live';
    const read = () =>
      readCapabilities(
        client,
        {
          cluster,
          ...(served
            ? {
                apiVersion:
                  service?.apiVersion?.split('/').at(-1) ?? 'v1alpha2',
              }
            : {}),
          gateways: store.objectsOfKind('Gateway'),
          pods,
        },
        AbortSignal.timeout(LONGEST_MS),
      );
    const reading = this.#tracing.startActiveSpan(
      'llm-inference.read-capabilities',
      { attributes: { cluster } },
      read,
    );
    this.#cache.set(cluster, reading);
    return await reading;
  }
}
