import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import { recordKeyOf } from '../assess/AssessedService';
import type { DesiredState } from './DesiredState';
import type { DesiredManifest } from './EntityDesire';
import { ANY_CLUSTER } from './render/desiredServices';

/** A place where an entity should have a service. */
export interface Expectation {
  service: ServiceRef;
  entityRef: string;
}

/** A service that Git says an entity should have in a cluster. */
export interface ExpectedService extends Expectation {
  manifest: DesiredManifest;
  repository: string;
  revision: string;
}

/** The services that Git says should be there, by place and entity. */
export class ExpectedServices {
  readonly #desired: DesiredState;
  readonly #fleet: { watchers(): Array<{ name: string }> };
  #services = new Map<string, ExpectedService>();

  constructor(
    desired: DesiredState,
    fleet: { watchers(): Array<{ name: string }> },
  ) {
    this.#desired = desired;
    this.#fleet = fleet;
  }

  all(): IterableIterator<ExpectedService> {
    return this.#services.values();
  }

  get(expectation: Expectation): ExpectedService | undefined {
    return this.#services.get(keyOf(expectation));
  }

  /** The services that these entities let expect. */
  of(entities: BoundEntity[]): ExpectedService[] {
    const refs = new Set(entities.map(({ entityRef }) => entityRef));
    return [...this.#services.values()].filter(({ entityRef }) =>
      refs.has(entityRef),
    );
  }

  /** Takes over what Git says now. */
  rebuild(): void {
    this.#services = new Map(
      [...this.#desired.entities()]
        .flatMap(entity => this.#expectedBy(entity))
        .map(expected => [keyOf(expected), expected]),
    );
  }

  #expectedBy({ entityRef, target }: BoundEntity): ExpectedService[] {
    const desire = this.#desired.desire(entityRef);
    if (!target || !desire || 'reason' in desire) return [];
    const { repository, revision } = desire;
    return [...desire.byCluster].flatMap(([place, manifest]) => {
      const cluster =
        place === ANY_CLUSTER ? this.#only(target.cluster) : place;
      const wanted = cluster && (target.cluster ?? cluster) === cluster;
      if ('reason' in manifest || !wanted) return [];
      const { namespace, name } = target;
      const service = { cluster, namespace, name };
      return [{ service, entityRef, manifest, repository, revision }];
    });
  }

  /** The cluster that a folder without overlays is for: the entity's own, or the only one that there is. */
  #only(own: string | undefined): string | undefined {
    const watchers = this.#fleet.watchers();
    return own ?? (watchers.length === 1 ? watchers[0].name : undefined);
  }
}

function keyOf({ service, entityRef }: Expectation): string {
  return recordKeyOf({ service, claimedEntity: entityRef, missing: true });
}
