import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import { serviceKeyOf } from '../assess/AssessedService';
import type { DesiredState } from './DesiredState';
import type { DesiredManifest } from './EntityDesire';
import { ANY_CLUSTER } from './render/desiredServices';

/** A service that Git says should be in a cluster. */
export interface ExpectedService {
  service: ServiceRef;
  entityRef: string;
  manifest: DesiredManifest;
  repository: string;
  revision: string;
}

/** The services that Git says should be there, by place. */
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

  get(service: ServiceRef): ExpectedService | undefined {
    return this.#services.get(serviceKeyOf(service));
  }

  /** The services that these entities let expect. */
  of(entities: BoundEntity[]): ServiceRef[] {
    const refs = new Set(entities.map(({ entityRef }) => entityRef));
    return [...this.#services.values()]
      .filter(({ entityRef }) => refs.has(entityRef))
      .map(({ service }) => service);
  }

  /** Takes over what Git says now. Where two entities speak of one place, the one that its manifest names counts. */
  rebuild(): void {
    const services = new Map<string, ExpectedService>();
    for (const entity of this.#desired.entities()) {
      for (const expected of this.#expectedBy(entity)) {
        const key = serviceKeyOf(expected.service);
        const other = services.get(key);
        if (!other || outranks(expected, other)) services.set(key, expected);
      }
    }
    this.#services = services;
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

function outranks(a: ExpectedService, b: ExpectedService): boolean {
  return a.manifest.claims === b.manifest.claims
    ? a.entityRef < b.entityRef
    : a.manifest.claims;
}
