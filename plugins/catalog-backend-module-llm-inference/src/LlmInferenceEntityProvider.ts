import { setTimeout as delay } from 'node:timers/promises';
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import { PROVIDED_LOCATION_TYPE } from 'backstage-plugin-llm-inference-node';
import type {
  ServiceFacts,
  ServicesChanged,
  ServicesPage,
} from 'backstage-plugin-llm-inference-node';
import type { Bindings, Claims } from './Claims';
import { modelResource } from './entities/modelResource';
import { refsOf, serviceEntities } from './entities/serviceEntities';
import type { ProviderConfig } from './ProviderConfig';
import { ServedModels } from './ServedModels';
import type { ServicesClient } from './ServicesClient';

/** Pauses before a round is tried again; at the start the backend may not answer yet. */
const RETRY_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 16_000];

/** What the provider works with. */
export interface ProviderOptions {
  claims: Claims;
  client: ServicesClient;
  config: ProviderConfig;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

/** What a round has found. */
interface Found {
  entities: Map<string, Entity>;
  last: ServicesPage;
  bindings: Bindings;
  claimed: number;
}

/**
 * Keeps the entities of services that no catalog file describes: by each change that the backend tells of, and
 * by a round over everything now and then. A cluster that cannot be read takes nothing away.
 */
export class LlmInferenceEntityProvider implements EntityProvider {
  readonly #options: ProviderOptions;
  /** As the last round has found them. */
  #served = new ServedModels();
  #connection?: EntityProviderConnection;
  /** Changes and rounds go one after the other, or a round would undo a change that came meanwhile. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'LlmInferenceEntityProvider';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.schedule.run({
      id: `${this.getProviderName()}:round`,
      fn: async signal => this.#untilDone(signal),
    });
  }

  /** Takes over what has changed. Before the catalog is connected this does nothing: the first round follows. */
  async apply(changes: ServicesChanged): Promise<void> {
    if (!this.#connection) return;
    await this.#inTurn(async connection => {
      const { claims, config } = this.#options;
      const { changed } = changes;
      const bindings = await claims.bindingsOf(
        changed.map(({ service }) => service),
      );
      const standing = await claims.of(changed, bindings);
      const removed = [...changes.removed];
      const entities = new Map<string, Entity>();
      changed.forEach((facts, index) => {
        const claim = standing[index];
        if (claim === 'Claimed') removed.push(facts.service);
        // Its entity may be on the way through Git: the next round decides.
        const waits = claim === 'Expected' && !bindings.provides(facts.service);
        if (claim === 'Claimed' || waits) return;
        for (const entity of serviceEntities(facts, config)) {
          const placed = this.#served.placed(entity);
          if (placed) entities.set(stringifyEntityRef(placed), placed);
        }
      });
      await connection.applyMutation({
        type: 'delta',
        added: deferred(entities),
        removed: removals(removed),
      });
    });
  }

  async #untilDone(signal: AbortSignal): Promise<void> {
    for (const pause of RETRY_AFTER_MS) {
      try {
        await this.#inTurn(connection => this.#round(connection, signal));
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#options.logger.debug(
          `A round over the services failed, trying again: ${
            toError(error).message
          }`,
        );
        await delay(pause, undefined, { signal, ref: false });
      }
    }
    await this.#inTurn(connection => this.#round(connection, signal));
  }

  async #round(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const found = await this.#find(signal);
    const { entities, last, claimed } = found;
    const unseen = last.clusters.filter(({ complete }) => !complete);
    if (last.complete && unseen.length === 0) {
      await connection.applyMutation({
        type: 'full',
        entities: deferred(entities),
      });
    } else {
      await connection.applyMutation({
        type: 'delta',
        added: deferred(entities),
        removed: removals(certainlyGone(found)),
      });
    }
    this.#options.logger.debug(
      `Catalog round: ${
        entities.size
      } entities from clusters, ${claimed} services described elsewhere${
        unseen.length
          ? `; not seen: ${unseen.map(({ name }) => name).join(', ')}`
          : ''
      }`,
    );
  }

  async #find(signal: AbortSignal): Promise<Found> {
    const { claims, client, config } = this.#options;
    const bindings = await claims.allBindings();
    const entities = new Map<string, Entity>();
    const found = new Map<string, Entity>();
    const served = new ServedModels(bindings);
    let claimed = 0;
    let last: ServicesPage = { items: [], clusters: [], complete: false };
    for await (const page of client.pages(signal)) {
      const standing = await claims.of(page.items, bindings);
      for (const [index, facts] of page.items.entries()) {
        if (standing[index] === 'Claimed') {
          claimed += 1;
          const model = modelResource(facts, config);
          if (model) served.add(model, servers(facts, bindings));
          continue;
        }
        for (const entity of serviceEntities(facts, config)) {
          found.set(stringifyEntityRef(entity), entity);
        }
      }
      last = page;
    }
    // Only now is it known which services of files serve which model.
    const placed = [...found.values()].flatMap(
      entity => served.placed(entity) ?? [],
    );
    for (const entity of [...placed, ...served.entities()]) {
      entities.set(stringifyEntityRef(entity), entity);
    }
    this.#served = served;
    return { entities, last, bindings, claimed };
  }

  #inTurn(
    work: (connection: EntityProviderConnection) => Promise<void>,
  ): Promise<void> {
    const turn = this.#last.then(async () => {
      if (!this.#connection) throw new Error('The catalog is not connected');
      await work(this.#connection);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Services that have entities, and that a cluster which was seen does not have or that are described elsewhere. */
function certainlyGone({ entities, last, bindings }: Found): ServiceRef[] {
  const clusters = new Map(
    last.clusters.map(({ name, complete }) => [name, complete]),
  );
  return bindings.provided().filter(service => {
    if (entities.has(refsOf(service)[0])) return false;
    return (
      bindings.names(service) ||
      (clusters.get(service.cluster) ?? last.complete)
    );
  });
}

/** The entities of catalog files that stand for a service. */
function servers({ service, claimedEntity }: ServiceFacts, bindings: Bindings) {
  const naming = bindings.naming(service);
  if (naming.length > 0) return naming;
  return claimedEntity ? [claimedEntity] : [];
}

function deferred(entities: Map<string, Entity>): DeferredEntity[] {
  return [...entities.values()].map(entity => ({
    entity,
    locationKey: PROVIDED_LOCATION_TYPE,
  }));
}

function removals(services: ServiceRef[]) {
  return services.flatMap(refsOf).map(entityRef => ({
    entityRef,
    locationKey: PROVIDED_LOCATION_TYPE,
  }));
}
