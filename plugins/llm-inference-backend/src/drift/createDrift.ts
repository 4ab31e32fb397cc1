import { ScmIntegrations } from '@backstage/integration';
import type { BackendOptions } from '../createBackend';
import { DesiredState } from './DesiredState';
import type { DriftConfig } from './DriftConfig';
import { DriftKeeper } from './DriftKeeper';
import type { DriftKeeperOptions } from './DriftKeeper';
import { LiveChanges } from './LiveChanges';
import { Repositories } from './Repositories';
import { RepositoryReader } from './RepositoryReader';

/** What compares services with Git, and what it knows of Git. */
export interface Drift {
  desired: DesiredState;
  keeper: DriftKeeper;
  /** Hears of every service that is judged. */
  observer: LiveChanges;
}

/** Wires what reads Git to what compares. */
export function createDrift(
  options: BackendOptions,
  stages: Omit<DriftKeeperOptions, 'desired' | 'graceMs' | 'logger'>,
  { intervalSeconds, graceSeconds }: DriftConfig,
): Drift {
  const { auth, catalog, config, events, logger, urlReader } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const desired = new DesiredState({
    auth,
    catalog,
    events,
    integrations,
    logger,
    repositories: new Repositories({
      reader: new RepositoryReader(urlReader),
      integrations,
      logger,
    }),
    intervalMs: intervalSeconds * 1000,
  });
  const keeper = new DriftKeeper({
    ...stages,
    desired,
    logger,
    graceMs: graceSeconds * 1000,
  });
  const observer = new LiveChanges(service => keeper.look(service));
  return { desired, keeper, observer };
}
