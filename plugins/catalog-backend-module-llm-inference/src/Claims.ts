import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CLUSTER_ANNOTATION,
  CLUSTERS_ANNOTATION,
  MODEL_ANNOTATIONS,
  SERVICE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import {
  PROVIDED_LOCATION_TYPE,
  providedLocation,
} from 'backstage-plugin-llm-inference-node';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import { MODEL_TYPE, modelRef } from './entities/modelResource';
import { refsOf } from './entities/serviceEntities';

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];
const BINDING = `metadata.annotations.${SERVICE_ANNOTATION}`;

const REFS_PER_REQUEST = 500;

/** The values stand in the address of the request, whose length is limited. */
const VALUES_PER_REQUEST = 40;

/** How a service stands in the catalog without us. */
export type Claim =
  /** An entity that is not ours describes it. */
  | 'Claimed'
  /** It names an entity that is not there, perhaps not yet. */
  | 'Expected'
  /** Nothing describes it. */
  | 'Free';

/** The entities of the catalog that name services, ours apart. */
export class Bindings {
  /** By `<namespace>/<name>`: who names it, and in which clusters; undefined stands for all of them. */
  readonly #foreign = new Map<
    string,
    Array<{ entityRef: string; clusters: string[] | undefined }>
  >();
  readonly #provided = new Map<string, ServiceRef>();
  /** Entities of files that say which model they are, by the entity that we would make of it. */
  readonly #models = new Map<string, string[]>();
  readonly #modelRefs = new Set<string>();
  /** What each of the entities that stand for services depends on. */
  readonly #dependencies = new Map<string, string[]>();

  add(entity: Entity): void {
    const annotations = entity.metadata.annotations ?? {};
    const named = annotations[SERVICE_ANNOTATION]?.trim();
    if (!named) return;
    const provided = providedService(entity);
    if (provided) {
      this.#provided.set(stringifyEntityRef(entity), provided);
      return;
    }
    if (isOurs(entity)) return;
    this.addServer(entity);
    const one = annotations[CLUSTER_ANNOTATION]?.trim();
    const many = annotations[CLUSTERS_ANNOTATION]?.split(',')
      .map(each => each.trim())
      .filter(Boolean);
    const clusters = one ? [one] : many;
    this.#foreign.set(named, [
      ...(this.#foreign.get(named) ?? []),
      { entityRef: stringifyEntityRef(entity), clusters },
    ]);
  }

  /** Takes note of what an entity that stands for a service depends on. */
  addServer(entity: Entity): void {
    this.#dependencies.set(
      stringifyEntityRef(entity),
      (entity.relations ?? [])
        .filter(({ type }) => type === RELATION_DEPENDS_ON)
        .map(({ targetRef }) => targetRef),
    );
  }

  /** Takes note of a model: which one it is says its annotation, or the name that ours would have. */
  addModel(entity: Entity): void {
    if (isOurs(entity)) return;
    const ref = stringifyEntityRef(entity);
    const uri =
      entity.metadata.annotations?.[MODEL_ANNOTATIONS.address]?.trim();
    const model = (uri && modelRef(uri)) || ref;
    this.#modelRefs.add(ref);
    this.#models.set(model, [...(this.#models.get(model) ?? []), ref]);
  }

  /** Entities that are not ours and say that they are the model that we would make such an entity of. */
  modelsLike(ours: string): string[] {
    return this.#models.get(ours) ?? [];
  }

  /** The models that an entity which stands for a service depends on, ours apart. */
  modelsOf(entityRef: string): string[] {
    const dependencies = this.#dependencies.get(entityRef) ?? [];
    return dependencies.filter(ref => this.#modelRefs.has(ref));
  }

  /** Whether an entity that is not ours names a service. */
  names(service: ServiceRef): boolean {
    return this.naming(service).length > 0;
  }

  /** The entities, ours apart, that name a service. */
  naming({ cluster, namespace, name }: ServiceRef): string[] {
    return (this.#foreign.get(`${namespace}/${name}`) ?? [])
      .filter(({ clusters }) => clusters?.includes(cluster) ?? true)
      .map(({ entityRef }) => entityRef);
  }

  /** Whether we have made entities of a service before. */
  provides(service: ServiceRef): boolean {
    return this.#provided.has(refsOf(service)[0]);
  }

  /** The services that we have made entities of. */
  provided(): ServiceRef[] {
    return [...this.#provided.values()];
  }
}

/** Finds out which services the catalog describes already. */
export class Claims {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** Every entity that names a service, and every model. */
  async allBindings(): Promise<Bindings> {
    const bindings = await this.#bindings([CATALOG_FILTER_EXISTS]);
    const pages = this.#catalog.streamEntities(
      { filter: { kind: 'Resource', 'spec.type': MODEL_TYPE }, fields: FIELDS },
      { credentials: await this.#credentials() },
    );
    for await (const page of pages) {
      for (const entity of page) bindings.addModel(entity);
    }
    return bindings;
  }

  /** The entities that name these services, in whichever cluster. */
  async bindingsOf(services: ServiceRef[]): Promise<Bindings> {
    const names = new Set(
      services.map(({ namespace, name }) => `${namespace}/${name}`),
    );
    const values = [...names];
    const chunks: string[][] = [];
    for (let from = 0; from < values.length; from += VALUES_PER_REQUEST) {
      chunks.push(values.slice(from, from + VALUES_PER_REQUEST));
    }
    return await this.#bindings(chunks);
  }

  /** How each service stands, in their order. */
  async of(services: ServiceFacts[], bindings: Bindings): Promise<Claim[]> {
    const claimed = services.flatMap(({ claimedEntity }) =>
      claimedEntity ? [claimedEntity] : [],
    );
    const existing = await this.#existing([...new Set(claimed)], bindings);
    return services.map(({ service, claimedEntity }) => {
      if (bindings.names(service)) return 'Claimed';
      if (!claimedEntity) return 'Free';
      return existing.has(claimedEntity) ? 'Claimed' : 'Expected';
    });
  }

  async #bindings(
    filters: Array<string[] | typeof CATALOG_FILTER_EXISTS>,
  ): Promise<Bindings> {
    const bindings = new Bindings();
    const credentials = await this.#credentials();
    for (const value of filters) {
      const pages = this.#catalog.streamEntities(
        { filter: { [BINDING]: value }, fields: FIELDS },
        { credentials },
      );
      for await (const page of pages) {
        for (const entity of page) bindings.add(entity);
      }
    }
    return bindings;
  }

  async #existing(
    entityRefs: string[],
    bindings: Bindings,
  ): Promise<Set<string>> {
    const existing = new Set<string>();
    const credentials = await this.#credentials();
    for (let from = 0; from < entityRefs.length; from += REFS_PER_REQUEST) {
      const refs = entityRefs.slice(from, from + REFS_PER_REQUEST);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: refs, fields: FIELDS },
        { credentials },
      );
      items.forEach((entity, index) => {
        if (!entity || isOurs(entity)) return;
        existing.add(refs[index]);
        bindings.addServer(entity);
      });
    }
    return existing;
  }

  async #credentials(): Promise<BackstageCredentials> {
    return await this.#auth.getOwnServiceCredentials();
  }
}

function isOurs({ metadata }: Entity): boolean {
  return (
    metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION]?.startsWith(
      `${PROVIDED_LOCATION_TYPE}:`,
    ) ?? false
  );
}

/** The service that an entity of ours was made from. */
function providedService({ metadata }: Entity): ServiceRef | undefined {
  const { annotations = {} } = metadata;
  const [namespace, name] = (annotations[SERVICE_ANNOTATION] ?? '').split('/');
  const cluster = annotations[CLUSTER_ANNOTATION];
  if (!namespace || !name || !cluster) return undefined;
  const service = { cluster, namespace, name };
  return annotations[ANNOTATION_ORIGIN_LOCATION] === providedLocation(service)
    ? service
    : undefined;
}
