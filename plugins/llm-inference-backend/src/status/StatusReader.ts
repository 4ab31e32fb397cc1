import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  Binding,
  ClusterStatus,
  EntityStatus,
  Freshness,
  ServiceDrift,
  ServiceStatus,
  ServiceSummary,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import type { AssessedService } from '../assess/AssessedService';
import { versionOf } from '../assess/versionOf';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { Fleet } from '../watch/Fleet';
import { countsOnly } from './countsOnly';
import type { VisibleService } from './Visibility';
import { bound, names } from './Visibility';

/** Turns what is known into what is answered. Reads memory only. */
export class StatusReader {
  readonly #board: ServiceBoard;
  readonly #fleet: Fleet;
  readonly #binding: 'verified' | 'annotation';
  readonly #onEntity: (entity: BoundEntity) => void;

  constructor(options: {
    board: ServiceBoard;
    fleet: Fleet;
    binding: 'verified' | 'annotation';
    /** Told of every entity that somebody looks at. */
    onEntity?: (entity: BoundEntity) => void;
  }) {
    this.#board = options.board;
    this.#fleet = options.fleet;
    this.#binding = options.binding;
    this.#onEntity = options.onEntity ?? (() => undefined);
  }

  /**
   * The status of an entity that the caller may see. `wholeFleet` says that the caller may know of services
   * that are bound to nothing; only then the answer tells "not there" from "does not name this entity". For
   * everybody else what Git has is missing in both cases.
   */
  entity(entity: BoundEntity, wholeFleet: boolean): EntityStatus {
    const { target, entityRef } = entity;
    this.#onEntity(entity);
    const candidates = target
      ? this.#board
          .named(target.namespace, target.name)
          .filter(assessed => names(entity, assessed))
      : [];
    const there = candidates.filter(({ missing }) => !missing);
    const services = candidates
      .filter(({ missing, service }) => {
        const known = wholeFleet || this.#binding === 'annotation';
        return !(missing && known && this.#board.get(service));
      })
      .flatMap(assessed => {
        const binding = this.#bindingOf(entity, assessed);
        return binding ? [this.service({ assessed, entity, binding })] : [];
      })
      .sort(worstFirst);
    const clusters = target ? this.#concerned(target.cluster, services) : [];
    return {
      entityRef,
      services,
      clusters,
      ...(services.length === 0
        ? {
            reason:
              reasonOf(clusters) ??
              (wholeFleet && there.length > 0
                ? 'BindingNotVerified'
                : 'NotFound'),
          }
        : {}),
    };
  }

  /** The whole status of one service. */
  service({ assessed, entity, binding }: VisibleService): ServiceStatus {
    const freshness = this.#freshness(assessed);
    const { service, model, apiVersion, missing } = assessed;
    const { health, version } = shownHealth(assessed, binding);
    const drift =
      binding === 'Verified' ? shownDrift(assessed, entity) : undefined;
    return {
      service,
      version: `${version}.${freshness.state}`,
      health:
        binding === 'Annotation' || missing
          ? inTheMinute(health, freshness)
          : health,
      freshness,
      ...(binding ? { binding } : {}),
      ...(entity ? { entityRef: entity.entityRef } : {}),
      ...(model && binding !== 'Annotation' ? { model } : {}),
      ...(apiVersion && binding !== 'Annotation' ? { apiVersion } : {}),
      ...(drift ? { drift } : {}),
    };
  }

  /** One row of the fleet. */
  summary({ assessed, entity, binding }: VisibleService): ServiceSummary {
    const { service } = assessed;
    const oneSided = binding === 'Annotation';
    const { health, version } = shownHealth(assessed, binding);
    const model = oneSided ? undefined : assessed.model;
    const freshness = this.#freshness(assessed);
    const drift = oneSided ? undefined : shownDrift(assessed, entity);
    const root = health.causes.find(({ severity }) => severity !== 'Info');
    return {
      service,
      version: `${version}.${freshness.state}`,
      verdict: health.verdict,
      summary: health.summary,
      ...(root
        ? {
            rootCause: {
              id: root.id,
              severity: root.severity,
              title: root.title,
            },
          }
        : { summaryParts: health.summaryParts }),
      disaggregated: health.disaggregated,
      pools: {
        ...(health.pools.decode ? { decode: counts(health.pools.decode) } : {}),
        ...(health.pools.prefill
          ? { prefill: counts(health.pools.prefill) }
          : {}),
      },
      ...(model ? { model } : {}),
      ...(entity ? { entityRef: entity.entityRef } : {}),
      ...(entity?.owner ? { owner: entity.owner } : {}),
      freshness,
      endpoints: health.endpoints,
      ...(drift ? { drift: drift.state } : {}),
    };
  }

  /** States of all clusters. */
  clusters(): ClusterStatus[] {
    return this.#fleet.statuses();
  }

  #bindingOf(
    entity: BoundEntity,
    assessed: AssessedService,
  ): Binding | undefined {
    if (bound(entity, assessed)) return 'Verified';
    return this.#binding === 'annotation' && !assessed.missing
      ? 'Annotation'
      : undefined;
  }

  /** The clusters that could have the service and cannot be watched now, and the one that should have it. */
  #concerned(
    wanted: string | undefined,
    services: ServiceStatus[],
  ): ClusterStatus[] {
    return this.#fleet
      .statuses()
      .filter(({ name }) => wanted === undefined || wanted === name)
      .filter(
        ({ name, state }) =>
          state !== 'Live' ||
          (wanted === name &&
            services.every(({ service }) => service.cluster !== name)),
      );
  }

  #freshness({ service }: AssessedService): Freshness {
    return (
      this.#fleet.watcher(service.cluster)?.freshness() ?? {
        state: 'Stale',
        asOf: new Date(0).toISOString(),
        message: 'The cluster is no longer configured',
      }
    );
  }
}

/** Made once of each health: to make a version takes longer than all the rest of a read. */
const counted = new WeakMap<
  ServingHealth,
  { health: ServingHealth; version: string }
>();

/**
 * The health that a binding lets be seen, with its own version: a version of the whole would tell when what is
 * hidden changes.
 */
export function shownHealth(
  { health, version }: AssessedService,
  binding: Binding | undefined,
): { health: ServingHealth; version: string } {
  if (binding !== 'Annotation') return { health, version };
  const known = counted.get(health);
  if (known) return known;
  const seen = countsOnly(health);
  const shown = { health: seen, version: versionOf(seen, {}) };
  counted.set(health, shown);
  return shown;
}

/** Made once a minute for each health: what is written is kept by the health that it is of. */
const minutes = new WeakMap<ServingHealth, ServingHealth>();

/** When it was judged last would tell that something happened to what is hidden: how fresh it is has to do. */
function inTheMinute(
  health: ServingHealth,
  { asOf }: Freshness,
): ServingHealth {
  const observedAt = `${asOf.slice(0, 'yyyy-mm-ddThh:mm'.length)}:00.000Z`;
  const known = minutes.get(health);
  if (known?.observedAt === observedAt) return known;
  const shown = { ...health, observedAt };
  minutes.set(health, shown);
  return shown;
}

/** What was compared for one entity is not shown to those who see another one. */
function shownDrift(
  { drift }: AssessedService,
  entity: BoundEntity | undefined,
): ServiceDrift | undefined {
  if (!drift || drift.entityRef !== entity?.entityRef) return undefined;
  const { entityRef: _entityRef, ...shown } = drift;
  return shown;
}

function counts(pool: { desired: number | null; ready: number | null }) {
  return { desired: pool.desired, ready: pool.ready };
}

function reasonOf(clusters: ClusterStatus[]): EntityStatus['reason'] {
  if (clusters.some(({ state }) => state === 'Syncing')) return 'Syncing';
  const hidden = ['Unreachable', 'AuthFailed', 'Stale', 'Forbidden'];
  return clusters.some(({ state }) => hidden.includes(state))
    ? 'Unreachable'
    : undefined;
}

/** From the worst verdict to the best, then by cluster. */
export function worstFirst(
  a: Pick<ServiceStatus, 'health' | 'service'>,
  b: Pick<ServiceStatus, 'health' | 'service'>,
): number {
  return (
    VERDICTS.indexOf(b.health.verdict) - VERDICTS.indexOf(a.health.verdict) ||
    a.service.cluster.localeCompare(b.service.cluster)
  );
}
