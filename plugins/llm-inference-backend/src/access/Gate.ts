import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  llmInferenceLogsReadPermission,
  llmInferenceServiceReadPermission,
  SERVICE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import type { llmInferenceServiceVerifyPermission } from 'backstage-plugin-llm-inference-common';
import { BOUND_ENTITY_FIELDS, boundEntityOf } from './BoundEntity';
import type { BoundEntity } from './BoundEntity';
import { TimedCache } from './TimedCache';

/** How long a decision about one user and one entity is kept at most. */
const DECISION_LIFETIME_MS = 30_000;

/** After a restart hundreds of pages come back at once; their decisions end over six seconds. */
const DECISION_SPREAD = 0.2;

/**
 * A decision that somebody uses in this last part of its life is asked for again beforehand. Where hundreds of changes
 * a second go to open pages, a page whose decision has ended would wait for the catalog in the middle of it.
 */
const RENEWED_IN_LAST = 0.2;

/** How long it is kept that there is no such entity: somebody may just be making it. */
const ABSENCE_LIFETIME_MS = 3_000;

/** Decisions kept at most; one takes about half a KiB. */
const DECISIONS = 20_000;

/** Entities asked for in one request to the catalog. */
const ENTITIES_PER_REQUEST = 500;

/** Callers whose list of entities that name a service is kept at most. */
const LISTS = 200;

/** What a caller may know of an entity. */
export type Decision =
  | { visible: false }
  | { visible: true; allowed: boolean; entity: BoundEntity };

type EntityPermission =
  | typeof llmInferenceServiceReadPermission
  | typeof llmInferenceLogsReadPermission
  | typeof llmInferenceServiceVerifyPermission;

/**
 * Decides what a caller may see. Entities are read from the catalog with the caller's own credentials, so
 * that the catalog's permissions hold; decisions are asked for in batches and kept for a short while.
 */
export class Gate {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #decisions: TimedCache<Decision>;
  readonly #basic: TimedCache<boolean>;
  readonly #namingLists: TimedCache<string[]>;
  readonly #oneSided: boolean;
  readonly #renewMs: number;

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
    /** Whether an entity shows something of a service that does not name it back. */
    binding: 'verified' | 'annotation';
    /** For tests; 30 seconds where absent. */
    lifetimeMs?: number;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    const lifetimeMs = options.lifetimeMs ?? DECISION_LIFETIME_MS;
    this.#renewMs = lifetimeMs * RENEWED_IN_LAST;
    this.#decisions = new TimedCache({
      lifetimeMs,
      spread: DECISION_SPREAD,
      capacity: DECISIONS,
      fleeting: {
        is: decision => !decision.visible,
        lifetimeMs: Math.min(lifetimeMs, ABSENCE_LIFETIME_MS),
      },
    });
    this.#basic = new TimedCache({ lifetimeMs, capacity: 2_000 });
    this.#namingLists = new TimedCache({ lifetimeMs, capacity: LISTS });
    this.#oneSided = options.binding === 'annotation';
  }

  /**
   * Decisions about the entities that name any service, in the order of their references. Nothing where an
   * entity alone shows nothing: then those that services name are all that count.
   */
  async naming(credentials: BackstageCredentials): Promise<Decision[]> {
    if (!this.#oneSided) return [];
    const caller = callerKey(credentials);
    let refs = this.#namingLists.get(caller);
    if (!refs) {
      refs = this.#entitiesWithService(credentials);
      this.#namingLists.set(caller, refs);
    }
    const decisions = await this.entities(await refs, credentials);
    return [...decisions.values()];
  }

  /** Decides about one entity. */
  async entity(
    entityRef: string,
    credentials: BackstageCredentials,
    permission: EntityPermission = llmInferenceServiceReadPermission,
  ): Promise<Decision> {
    const decisions = await this.entities([entityRef], credentials, permission);
    return decisions.get(entityRef) ?? { visible: false };
  }

  /** Decides about many entities with one catalog and one permission request per few hundred. */
  async entities(
    entityRefs: Iterable<string>,
    credentials: BackstageCredentials,
    permission: EntityPermission = llmInferenceServiceReadPermission,
  ): Promise<Map<string, Decision>> {
    const caller = callerKey(credentials);
    const keyOf = (entityRef: string) =>
      `${caller} ${permission.name} ${entityRef}`;
    const answers = new Map<string, Promise<Decision>>();
    const unknown: string[] = [];
    for (const entityRef of new Set(entityRefs)) {
      const kept = this.#decisions.get(keyOf(entityRef));
      if (kept) answers.set(entityRef, kept);
      else unknown.push(entityRef);
    }
    const endsWithin = (ms: number) => (entityRef: string) =>
      this.#decisions.isEnding(keyOf(entityRef), ms);
    const known = [...answers.keys()];
    // With the first that ends, those that end soon after it: in one question.
    const ending = known.some(endsWithin(this.#renewMs))
      ? known.filter(endsWithin(2 * this.#renewMs))
      : [];
    for (const [entityRef, answer] of this.#ask(
      unknown,
      credentials,
      permission,
    )) {
      this.#decisions.set(keyOf(entityRef), answer);
      answers.set(entityRef, answer);
    }
    for (const [entityRef, answer] of this.#ask(
      ending,
      credentials,
      permission,
    )) {
      this.#decisions.renew(keyOf(entityRef), answer);
    }
    const decided = new Map<string, Decision>();
    for (const [entityRef, answer] of answers) {
      decided.set(entityRef, await answer);
    }
    return decided;
  }

  /** Whether the caller has a permission that does not depend on an entity. */
  async has(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const key = `${callerKey(credentials)} ${permission.name}`;
    const ask = async () => {
      const [{ result }] = await this.#permissions.authorize([{ permission }], {
        credentials,
      });
      return result === AuthorizeResult.ALLOW;
    };
    let answer = this.#basic.get(key);
    if (!answer) {
      answer = ask();
      this.#basic.set(key, answer);
    } else if (this.#basic.isEnding(key, this.#renewMs)) {
      this.#basic.renew(key, ask());
    }
    return await answer;
  }

  /** Throws where the caller lacks a permission. */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.has(permission, credentials))) {
      throw new NotAllowedError(`This needs the permission ${permission.name}`);
    }
  }

  async #entitiesWithService(
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const refs: string[] = [];
    const pages = this.#catalog.streamEntities(
      {
        filter: {
          [`metadata.annotations.${SERVICE_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    for await (const page of pages) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs.sort();
  }

  /** Asks about entities, some hundreds at a time; what each of them will be told. */
  #ask(
    entityRefs: string[],
    credentials: BackstageCredentials,
    permission: EntityPermission,
  ): Array<[entityRef: string, answer: Promise<Decision>]> {
    const answers: Array<[string, Promise<Decision>]> = [];
    for (let i = 0; i < entityRefs.length; i += ENTITIES_PER_REQUEST) {
      const refs = entityRefs.slice(i, i + ENTITIES_PER_REQUEST);
      const batch = this.#decide(refs, credentials, permission);
      for (const [index, entityRef] of refs.entries()) {
        answers.push([entityRef, batch.then(decisions => decisions[index])]);
      }
    }
    return answers;
  }

  async #decide(
    entityRefs: string[],
    credentials: BackstageCredentials,
    permission: EntityPermission,
  ): Promise<Decision[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: BOUND_ENTITY_FIELDS },
      { credentials },
    );
    const entities = items.map(item => item && boundEntityOf(item));
    const visible = entities.filter(entity => entity !== undefined);
    const results = visible.length
      ? await this.#permissions.authorize(
          visible.map(({ entityRef }) => ({
            permission,
            resourceRef: entityRef,
          })),
          { credentials },
        )
      : [];
    let next = 0;
    return entities.map(entity => {
      if (!entity) return { visible: false };
      const { result } = results[next];
      next += 1;
      return {
        visible: true,
        allowed: result === AuthorizeResult.ALLOW,
        entity,
      };
    });
  }
}

/** One string per caller: who it is, and what its token is restricted to. */
function callerKey(credentials: BackstageCredentials): string {
  return JSON.stringify(credentials.principal);
}
