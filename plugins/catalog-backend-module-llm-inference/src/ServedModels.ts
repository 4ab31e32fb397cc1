import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import type { Bindings } from './Claims';

/** Services listed at a model; a graph with more says nothing any more. */
const LISTED = 500;

/**
 * Which entities of catalog files serve which model, so that the model's entity leads to all of its services and not
 * only to those that we describe; and which models a catalog file describes so well that ours would be a second.
 */
export class ServedModels {
  readonly #bindings: Bindings | undefined;
  readonly #models = new Map<
    string,
    { entity: Entity; servers: Set<string> }
  >();

  /** @param bindings - absent before the first round: nothing is known of files then */
  constructor(bindings?: Bindings) {
    this.#bindings = bindings;
  }

  /** Takes note that entities of catalog files serve a model. */
  add(model: Entity, servers: string[]): void {
    const ref = stringifyEntityRef(model);
    const known = this.#models.get(ref) ?? {
      entity: model,
      servers: new Set(),
    };
    for (const server of servers) known.servers.add(server);
    this.#models.set(ref, known);
  }

  /** Every model that a catalog file's service serves, and that no file describes for all of them. */
  entities(): Entity[] {
    return [...this.#models.values()].flatMap(
      ({ entity }) => this.placed(entity) ?? [],
    );
  }

  /**
   * An entity of ours as it belongs beside those of files: a model with their services, a service with the model's
   * entity that stands for ours, any other as it is. Undefined for a model that a file's entity stands for.
   */
  placed(entity: Entity): Entity | undefined {
    if (entity.kind === 'Component') {
      const { dependsOn } = entity.spec ?? {};
      if (!Array.isArray(dependsOn)) return entity;
      const placed = dependsOn.map(ref => this.#standIn(String(ref)) ?? ref);
      return { ...entity, spec: { ...entity.spec, dependsOn: placed } };
    }
    if (entity.kind !== 'Resource') return entity;
    const ref = stringifyEntityRef(entity);
    if (this.#standIn(ref)) return undefined;
    const servers = this.#models.get(ref)?.servers;
    if (!servers?.size) return entity;
    const dependencyOf = [...servers].sort().slice(0, LISTED);
    return { ...entity, spec: { ...entity.spec, dependencyOf } };
  }

  /**
   * The entity of a catalog file that stands for a model: the only one that says it is the model, or that a file's
   * service which serves the model depends on, and every such service does. Several, or one that a service does not
   * lead to, need ours to join them.
   */
  #standIn(modelRef: string): string | undefined {
    const bindings = this.#bindings;
    if (!bindings) return undefined;
    const servers = this.#models.get(modelRef)?.servers ?? new Set();
    const used = [...servers].map(server => bindings.modelsOf(server));
    const [candidate, ...more] = new Set([
      ...bindings.modelsLike(modelRef),
      ...used.flat(),
    ]);
    return more.length === 0 && used.every(models => models.includes(candidate))
      ? candidate
      : undefined;
  }
}
