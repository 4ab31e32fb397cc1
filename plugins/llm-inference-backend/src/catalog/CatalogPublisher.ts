import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  KubernetesObject,
  Observation,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { SERVICES_CHANGED_TOPIC } from 'backstage-plugin-llm-inference-node';
import type {
  ServiceFacts,
  ServicesChanged,
} from 'backstage-plugin-llm-inference-node';
import { serviceKeyOf } from '../assess/AssessedService';
import type { Observer } from '../assess/Assessor';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { Fleet } from '../watch/Fleet';
import { seesServices } from './completeness';
import { serviceFacts } from './serviceFacts';

/** Changes of many services are told together, after this long. */
const COALESCE_MS = 250;

const SERVICES_PER_EVENT = 100;

/** Tells the portal's events which services the catalog should look at again. */
export class CatalogPublisher implements Observer {
  readonly #board: ServiceBoard;
  readonly #events: EventsService;
  readonly #fleet: Fleet;
  readonly #logger: LoggerService;
  /** What was told last of each service. */
  readonly #told = new Map<string, string>();
  readonly #changed = new Map<string, ServiceFacts>();
  readonly #removed = new Map<string, ServiceRef>();
  #timer?: NodeJS.Timeout;
  #unsubscribe?: () => void;

  constructor(options: {
    board: ServiceBoard;
    events: EventsService;
    fleet: Fleet;
    logger: LoggerService;
  }) {
    this.#board = options.board;
    this.#events = options.events;
    this.#fleet = options.fleet;
    this.#logger = options.logger;
  }

  start(): void {
    this.#unsubscribe = this.#board.subscribe(({ service, before, after }) => {
      if (!after && !before?.missing) this.#gone(service);
    });
  }

  stop(): void {
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
  }

  observe(observation: Observation): Observation {
    return observation;
  }

  assessed(health: ServingHealth, resource: KubernetesObject): void {
    const key = serviceKeyOf(health.service);
    const facts = serviceFacts(resource, health);
    const words = JSON.stringify(facts);
    if (this.#told.get(key) === words) return;
    this.#told.set(key, words);
    this.#removed.delete(key);
    this.#changed.set(key, facts);
    this.#schedule();
  }

  #gone(service: ServiceRef): void {
    const key = serviceKeyOf(service);
    this.#told.delete(key);
    this.#changed.delete(key);
    // A cluster that is being taken out, or read anew, says nothing about its services.
    if (!seesServices(this.#fleet.watcher(service.cluster))) return;
    this.#removed.set(key, service);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, COALESCE_MS);
    this.#timer.unref();
  }

  async #tell(): Promise<void> {
    const changed = [...this.#changed.values()];
    const removed = [...this.#removed.values()];
    this.#changed.clear();
    this.#removed.clear();
    const longest = Math.max(changed.length, removed.length);
    for (let from = 0; from < longest; from += SERVICES_PER_EVENT) {
      const to = from + SERVICES_PER_EVENT;
      const eventPayload: ServicesChanged = {
        changed: changed.slice(from, to),
        removed: removed.slice(from, to),
      };
      try {
        await this.#events.publish({
          topic: SERVICES_CHANGED_TOPIC,
          eventPayload,
        });
      } catch (error) {
        this.#logger.warn(
          `The catalog could not be told of ${
            eventPayload.changed.length
          } changed and ${
            eventPayload.removed.length
          } removed services; its next full round will find them: ${
            toError(error).message
          }`,
        );
      }
    }
  }
}
