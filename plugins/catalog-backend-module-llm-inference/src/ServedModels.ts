import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';

/** Services listed at a model; a graph with more says nothing any more. */
const LISTED = 500;

/**
 * Which entities of catalog files serve which model, so that the model's entity leads to all of its services and not
 * only to those that we describe.
 */
export class ServedModels {
  readonly #models = new Map<
    string,
    { entity: Entity; servers: Set<string> }
  >();

  /** Takes note that entities serve a model. */
  add(model: Entity, servers: string[]): void {
    const ref = stringifyEntityRef(model);
    const known = this.#models.get(ref) ?? {
      entity: model,
      servers: new Set(),
    };
    for (const server of servers) known.servers.add(server);
    this.#models.set(ref, known);
  }

  /** Every model that a catalog file's service serves. */
  entities(): Entity[] {
    return [...this.#models.values()].map(({ entity }) => this.linked(entity));
  }

  /** The model with the services of catalog files; any other entity as it is. */
  linked(entity: Entity): Entity {
    const servers = this.#models.get(stringifyEntityRef(entity))?.servers;
    if (!servers?.size) return entity;
    const dependencyOf = [...servers].sort().slice(0, LISTED);
    return { ...entity, spec: { ...entity.spec, dependencyOf } };
  }
}
