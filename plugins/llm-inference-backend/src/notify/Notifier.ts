import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { boundEntityOf } from '../access/BoundEntity';
import { keyToService } from '../assess/AssessedService';
import type { AssessedService } from '../assess/AssessedService';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { HistoryDatabase, KnownVerdict } from '../history/HistoryDatabase';
import { bound, providedRef } from '../status/Visibility';
import type { Clock } from '../watch/Clock';

/** A verdict has to hold for this long before anybody is told. */
const DEBOUNCE_MS = 60_000;

/** What the notifier is built from. */
export interface NotifierOptions {
  auth: AuthService;
  board: ServiceBoard;
  catalog: CatalogService;
  clock: Clock;
  logger: LoggerService;
  notifications: NotificationService;
  debounceMs?: number;
}

/**
 * Tells the owner of a service that it cannot be used, and that it can again: once per transition however
 * many replicas run, because who told what is noted in the database first.
 */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Looks for services whose owner has to be told something. */
  async tell(database: HistoryDatabase): Promise<void> {
    const { clock, debounceMs = DEBOUNCE_MS } = this.#options;
    const now = clock.now();
    for (const known of await database.knownIn('Unavailable')) {
      const news = newsOf(known);
      // After a jump of the clock a verdict may date from the future; it does not wait for its own time.
      if (!news || Math.abs(now - known.since) < debounceMs) continue;
      const assessed = this.#options.board.get(keyToService(known.service));
      if (assessed?.health.verdict !== known.verdict) continue;
      // Somebody else's service may have the name by now.
      if (!isOf(known, assessed)) continue;
      const told = news === 'Unavailable' ? 'Unavailable' : null;
      if (await database.notify(known, told)) {
        await this.#send(assessed, news);
      }
    }
  }

  async #send(
    assessed: AssessedService,
    news: 'Unavailable' | 'Recovered',
  ): Promise<void> {
    const { logger, notifications } = this.#options;
    const { service, health } = assessed;
    try {
      const entity = await this.#entityOf(assessed);
      if (!entity?.owner) return;
      const { kind, namespace, name } = parseEntityRef(entity.entityRef);
      await notifications.send({
        recipients: { type: 'entity', entityRef: entity.owner },
        payload: {
          title:
            news === 'Unavailable'
              ? `${service.name} cannot answer requests`
              : `${service.name} answers requests again`,
          description: `${health.summary} (cluster ${service.cluster})`,
          link: `/catalog/${namespace}/${kind}/${name}`,
          severity: news === 'Unavailable' ? 'critical' : 'normal',
          topic: 'llm-inference',
          scope: `llm-inference:${service.cluster}/${service.namespace}/${service.name}`,
        },
      });
    } catch (error) {
      logger.warn(
        `The owner of ${service.namespace}/${service.name} could not be told: ${
          toError(error).message
        }`,
      );
    }
  }

  /** The entity that the service and the catalog agree on, or that was made from the service. */
  async #entityOf(assessed: AssessedService) {
    const { auth, catalog } = this.#options;
    const { claimedEntity } = assessed;
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: [
          ...(claimedEntity ? [claimedEntity] : []),
          providedRef(assessed),
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items
      .filter(entity => entity !== undefined)
      .map(entity => boundEntityOf(entity))
      .find(candidate => bound(candidate, assessed));
  }
}

function isOf({ entity }: KnownVerdict, assessed: AssessedService): boolean {
  return entity === null || entity === (assessed.claimedEntity ?? '');
}

function newsOf(known: KnownVerdict): 'Unavailable' | 'Recovered' | undefined {
  if (known.verdict === 'Unavailable' && known.notified !== 'Unavailable') {
    return 'Unavailable';
  }
  const serves = known.verdict === 'Healthy' || known.verdict === 'Degraded';
  return serves && known.notified === 'Unavailable' ? 'Recovered' : undefined;
}
