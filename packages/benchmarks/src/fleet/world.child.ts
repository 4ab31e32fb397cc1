import { setTimeout as delay } from 'node:timers/promises';
import {
  createClusterStore,
  createKubernetesApi,
  Player,
  SandboxClock,
  seedFleet,
} from 'sandbox';
import type { ClusterFaults, KubernetesApi } from 'sandbox';
import { serveParent } from './childProcess';
import { clusterNames, servicesIn, TOKEN } from './fleetPlan';
import type { FleetSize } from './FleetSize';
import { answerMetrics } from './metricsPages';
import { PodTurner } from './PodTurner';
import type { Change, Churned, ChurnOptions, Traffic } from './World';

/** What the clusters can be asked to do. */
export interface WorldHandlers
  extends Record<string, (argument: never) => unknown> {
  urls(): Promise<Record<string, string>>;
  traffic(): Traffic;
  turnPod(options: { service: string; ready: boolean }): Change;
  churn(options: ChurnOptions): Promise<Churned>;
  heal(): void;
  setFaults(options: { cluster: string; faults: ClusterFaults }): Promise<void>;
}

/** Of so many changes one is of a service that is watched. */
const WATCHED_EVERY = 5;

const PACE_MS = 4;

/** The API servers of the clusters have to come to their turn. */
const MOST_AT_ONCE = 50;

function start(size: FleetSize): WorldHandlers {
  const turner = new PodTurner();
  const stores = clusterNames(size).map(name => {
    const clock = new SandboxClock({ startAt: new Date() });
    const store = createClusterStore(name, { clock });
    const player = new Player(store, clock);
    const services = servicesIn(size, name);
    if (services > 0) {
      const seeded = seedFleet(player, {
        services,
        podsPerService: size.podsPerService,
        prefix: `${name}-service`,
      });
      for (const service of seeded) turner.add(store, service);
    }
    // Only what is told to change changes: nobody plays on.
    player.stop();
    return store;
  });
  const api: Promise<KubernetesApi> = createKubernetesApi({
    stores,
    tokens: { [TOKEN]: { name: 'portal', groups: ['system:masters'] } },
    proxies: Object.fromEntries(
      clusterNames(size).map(name => [name, answerMetrics]),
    ),
  });
  let served: KubernetesApi | undefined;
  return {
    async urls() {
      served = await api;
      return Object.fromEntries(
        served.clusters.map(({ name, url }) => [name, url]),
      );
    },
    traffic() {
      const all = (served?.clusters ?? []).map(cluster => cluster.traffic());
      return {
        requests: all.reduce((sum, { requests }) => sum + requests, 0),
        watches: all.reduce((sum, { watches }) => sum + watches, 0),
        bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    turnPod: ({ service, ready }) => turner.turn(service, ready),
    async churn({ perSecond, seconds, events = Infinity, watched, kind }) {
      const kept: Change[] = [];
      let done = 0;
      const isWatched = new Set(watched);
      const others = turner.services.filter(name => !isWatched.has(name));
      const next = (): Change => {
        if (kind === 'report') return turner.reportNext();
        const isTurn = done % WATCHED_EVERY === 0 && watched.length > 0;
        return isTurn || others.length === 0
          ? turner.turnNext('watched', watched)
          : turner.turnNext('others', others);
      };
      const startedAt = performance.now();
      for (;;) {
        const elapsedMs = performance.now() - startedAt;
        if (elapsedMs > seconds * 1000 || done >= events) {
          return { total: done, watched: kept };
        }
        const due = Math.min(
          (elapsedMs / 1000) * perSecond,
          done + MOST_AT_ONCE,
          events,
        );
        while (done < due) {
          const change = next();
          if (isWatched.has(change.service)) kept.push(change);
          done += 1;
        }
        await delay(PACE_MS);
      }
    },
    heal: () => turner.heal(),
    setFaults: async ({ cluster, faults }) =>
      await (await api).cluster(cluster).setFaults(faults),
  };
}

serveParent(start);
