import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  Observation,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { Observer } from '../assess/Assessor';
import { serviceKeyOf } from '../assess/AssessedService';
import { createdAt } from '../assess/createdAt';
import type { Clock } from '../watch/Clock';
import { engineSetup } from './engineSetup';
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
 * itself. A better rate replaces it, a worse one never does; engines that are set up anew begin anew.
 */
export class KvBaselines implements Observer {
  readonly #options: KvBaselinesOptions;
  readonly #baselines = new Map<string, StoredBaseline>();
  /** How the engines of each service are set up now. */
  readonly #setups = new Map<string, string>();
  /** When each service was created, in milliseconds since the epoch. */
  readonly #created = new Map<string, number>();

  constructor(options: KvBaselinesOptions) {
    this.#options = options;
  }

  /** Takes over what was known before this process began. */
  async restore(database: EvidenceDatabase): Promise<void> {
    for (const baseline of await database.baselines()) {
      if (!this.#baselines.has(baseline.service)) {
        this.#baselines.set(baseline.service, baseline);
      }
    }
  }

  observe(observation: Observation): Observation {
    const key = serviceKeyOf(observation.service);
    const setup = engineSetup(observation.objects);
    if (setup) this.#setups.set(key, setup);
    this.#created.set(key, createdAt(observation) ?? 0);
    const known = this.#known(key);
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

  gone(service: ServiceRef): void {
    this.#setups.delete(serviceKeyOf(service));
    this.#created.delete(serviceKeyOf(service));
  }

  assessed({ service, kvTransfer }: ServingHealth): void {
    if (kvTransfer.effectiveness !== 'Effective') return;
    const key = serviceKeyOf(service);
    const setup = this.#setups.get(key);
    const database = this.#options.database();
    const bytesPerSecond = this.#options.bandwidth(service);
    // Before the database is open, a better rate may be in it.
    if (!setup || !database || bytesPerSecond === undefined) return;
    const known = this.#known(key);
    // A few per cent more is chance, and not worth a row.
    if (known && bytesPerSecond < known.bytesPerSecond * 1.1) return;
    const at = this.#options.clock.now();
    const baseline = { service: key, bytesPerSecond, setup, at };
    this.#baselines.set(key, baseline);
    database
      .keepBaseline(baseline)
      .catch(error =>
        this.#options.logger.warn(
          `The transfer rate of ${key} could not be kept: ${
            toError(error).message
          }`,
        ),
      );
  }

  /** The rate of the engines as they are set up now, and of no service that had the name before. */
  #known(key: string): StoredBaseline | undefined {
    const known = this.#baselines.get(key);
    if (!known || known.setup !== this.#setups.get(key)) return undefined;
    return known.at >= (this.#created.get(key) ?? 0) ? known : undefined;
  }
}
