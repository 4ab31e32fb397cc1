import { Player } from '../kserve/Player';
import { RESOURCES } from '../kserve/kinds';
import { SandboxClock } from '../kserve/clock/SandboxClock';
import { injectFault } from '../faults/injectFault';
import { CLUSTERS, ClusterName } from './clusters';
import { SEEDED_SERVICES, SeededService } from './services';

const HISTORY_DAYS = 10;

/** The moment at which the history of a seeded cluster begins. */
export function historyStart(now: Date): Date {
  return new Date(now.getTime() - HISTORY_DAYS * 24 * 3_600_000);
}

/**
 * Furnishes a cluster and lets its services live up to a moment, so that what is old looks old and what
 * is healthy has settled. The player's clock must not be live yet.
 */
export function seedCluster(
  cluster: ClusterName,
  player: Player,
  now: Date,
): void {
  const { clock, store } = player.context;
  CLUSTERS[cluster](store);
  const services = SEEDED_SERVICES.filter(seed => seed.cluster === cluster);
  const moments = services
    .flatMap(seed => [
      { minutesAgo: seed.createdMinutesAgo, act: () => create(player, seed) },
      ...(seed.stoppedMinutesAgo
        ? [
            {
              minutesAgo: seed.stoppedMinutesAgo,
              act: () => stop(player, seed),
            },
          ]
        : []),
    ])
    .sort((a, b) => b.minutesAgo - a.minutesAgo);
  for (const { minutesAgo, act } of moments) {
    advance(clock, new Date(now.getTime() - minutesAgo * 60_000));
    act();
  }
  advance(clock, now);
}

function advance(clock: SandboxClock, moment: Date): void {
  if (moment > clock.now()) {
    clock.advanceTo(moment);
  }
}

function create(player: Player, { manifest, fault }: SeededService): void {
  player.context.store.create(RESOURCES.service, manifest);
  if (fault) {
    const { namespace = '', name } = manifest.metadata;
    injectFault(player, { namespace, name }, fault);
  }
}

function stop(player: Player, { manifest }: SeededService): void {
  const { store } = player.context;
  const { namespace, name } = manifest.metadata;
  const current = store.get(RESOURCES.service, name, namespace);
  if (current) {
    store.update(RESOURCES.service, {
      ...current,
      metadata: {
        ...current.metadata,
        annotations: {
          ...current.metadata.annotations,
          'serving.kserve.io/stop': 'true',
        },
      },
    });
  }
}
