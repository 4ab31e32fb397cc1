import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  Observation,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { Observer } from '../assess/Assessor';
import { serviceKeyOf } from '../assess/AssessedService';
import type { Clock } from '../watch/Clock';
import type { EvidenceDatabase, StoredBaseline } from './EvidenceDatabase';

/** What the baselines are kept with. */
export interface KvBaselinesOptions {
  clock: Clock;
  /** Undefined until the database is open. */
  database(): EvidenceDatabase | undefined;
  logger: LoggerService;
  /** Bytes per second of transfer time in the last window; undefined where there were too few transfers. */
  bandwidth(service: ServiceRef): number | undefined;
}

/**
 * The rate at which each service moved KV cache when it was first known good, so that a service is judged by
 * itself. A better rate replaces it, a worse one never does.
 */
export class KvBaselines implements Observer {
  readonly #options: KvBaselinesOptions;
  readonly #baselines = new Map<string, Omit<StoredBaseline, 'service'>>();
  #restored?: Promise<void>;

  constructor(options: KvBaselinesOptions) {
    this.#options = options;
  }

  observe(observation: Observation): Observation {
    const known = this.#baselines.get(serviceKeyOf(observation.service));
    if (!known) return observation;
    return {
      ...observation,
      history: {
        ...observation.history,
        kvBaseline: {
          bytesPerSecond: known.bytesPerSecond,
          at: new Date(known.at).toISOString(),
        },
      },
    };
  }

  assessed({ service, kvTransfer }: ServingHealth): void {
    if (kvTransfer.effectiveness !== 'Effective') return;
    const bytesPerSecond = this.#options.bandwidth(service);
    if (bytesPerSecond === undefined) return;
    const key = serviceKeyOf(service);
    const known = this.#baselines.get(key);
    // A few per cent more is chance, and not worth a row.
    if (known && bytesPerSecond < known.bytesPerSecond * 1.1) return;
    this.#keep({
      service: key,
      bytesPerSecond,
      at: this.#options.clock.now(),
    }).catch(error =>
      this.#options.logger.warn(
        `The transfer rate of ${key} could not be kept: ${
          toError(error).message
        }`,
      ),
    );
  }

  async #keep(baseline: StoredBaseline): Promise<void> {
    const database = this.#options.database();
    if (!database) return;
    this.#restored ??= this.#restore(database);
    await this.#restored;
    const known = this.#baselines.get(baseline.service);
    if (known && baseline.bytesPerSecond < known.bytesPerSecond * 1.1) return;
    this.#baselines.set(baseline.service, baseline);
    await database.keepBaseline(baseline);
  }

  async #restore(database: EvidenceDatabase): Promise<void> {
    for (const { service, ...baseline } of await database.baselines()) {
      this.#baselines.set(service, baseline);
    }
  }
}
