import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BoundEntity } from '../access/BoundEntity';
import { recordKeyOf } from '../assess/AssessedService';
import type { Assess, AssessedService } from '../assess/AssessedService';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { Clock } from '../watch/Clock';
import type { Fleet } from '../watch/Fleet';
import type { DesiredState } from './DesiredState';
import type { DesiredManifest } from './EntityDesire';
import { ExpectedServices } from './ExpectedServices';
import type { Expectation } from './ExpectedServices';
import type { ControllerIndex } from './gitops/ControllerIndex';
import { missingReason, saidOfMissing } from './missing';

/** A burst of changes is looked at once, after this long. */
const COALESCE_MS = 250;

/** Looked at before others have their turn. */
const AT_A_TIME = 16;

/** What is missing is judged again this often. */
const SWEEP_MS = 30_000;

/** What is needed to tell what is missing. */
export interface MissingServicesOptions {
  assess: Assess;
  board: ServiceBoard;
  clock: Clock;
  desired: DesiredState;
  fleet: Fleet;
  /** What GitOps controllers say now. */
  controllers(): ControllerIndex;
  /** A service may be absent for this long before it is missing, unless its controller says that it failed. */
  graceMs: number;
}

/**
 * Keeps on the board what Git says that entities have and no service names them for. Whether another service has
 * the place is not looked at, nor is anything looked at because of it: whoever may register entities and merge
 * manifests would read from it which names are taken.
 */
export class MissingServices {
  readonly #options: MissingServicesOptions;
  readonly #expected: ExpectedServices;
  readonly #dirty = new Map<string, Expectation>();
  /** Since when each is seen to be absent, in milliseconds of the clock. */
  readonly #absentSince = new Map<string, number>();
  readonly #absent = new Map<string, Expectation>();
  readonly #later = new Map<string, NodeJS.Timeout>();
  readonly #abort = new AbortController();
  #unsubscribe = () => {};
  #timer?: NodeJS.Timeout;
  #sweep?: NodeJS.Timeout;
  #working: Promise<void> = Promise.resolve();

  constructor(options: MissingServicesOptions) {
    this.#options = options;
    this.#expected = new ExpectedServices(options.desired, options.fleet);
  }

  start(): void {
    this.#unsubscribe = this.#options.board.subscribe(
      ({ service, before, after }) => {
        const [was, is] = [before, after].map(assessed =>
          assessed?.missing ? undefined : assessed?.claimedEntity,
        );
        if (was === is) return;
        for (const entityRef of [was, is]) {
          if (entityRef) this.#look({ service, entityRef });
        }
      },
    );
    this.#sweep = setInterval(() => {
      for (const expectation of this.#absent.values()) this.#look(expectation);
    }, SWEEP_MS);
    this.#sweep.unref();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearInterval(this.#sweep);
    for (const timer of this.#later.values()) clearTimeout(timer);
    await this.#working;
  }

  /** Git says something else of the services of entities. */
  onEntities(entities: BoundEntity[]): void {
    const before = this.#expected.of(entities);
    this.#expected.rebuild();
    for (const expectation of [...before, ...this.#expected.of(entities)]) {
      this.#look(expectation);
    }
  }

  /** How clusters can be watched has changed. */
  onClusters(clusters: ReadonlySet<string>): void {
    const before = [...this.#expected.all()];
    this.#expected.rebuild();
    for (const expectation of [...before, ...this.#expected.all()]) {
      if (clusters.has(expectation.service.cluster)) this.#look(expectation);
    }
  }

  /** GitOps controllers say something else. */
  onControllers(): void {
    for (const expectation of this.#expected.all()) this.#look(expectation);
  }

  #look({ service, entityRef }: Expectation): void {
    this.#dirty.set(keyOf({ service, entityRef }), { service, entityRef });
    if (this.#timer || this.#abort.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#working = this.#work();
    }, COALESCE_MS);
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    while (this.#dirty.size > 0 && !this.#abort.signal.aborted) {
      for (const [key, expectation] of [...this.#dirty].slice(0, AT_A_TIME)) {
        this.#dirty.delete(key);
        this.#judge(expectation);
      }
      // There may be thousands.
      await nextTurn();
    }
    this.#timer = undefined;
  }

  /** Whether it should be there, and for how long it has not been. */
  #judge({ service, entityRef }: Expectation): void {
    const { assess, board, clock, controllers, fleet, graceMs } = this.#options;
    const key = keyOf({ service, entityRef });
    this.#absent.delete(key);
    const expected = this.#expected.get({ service, entityRef });
    const isThere = board.get(service)?.claimedEntity === entityRef;
    if (!expected || isThere || !fleet.watcher(service.cluster)) {
      this.#absentSince.delete(key);
      board.removeMissing(service, entityRef);
      return;
    }
    this.#absent.set(key, { service, entityRef });
    // What is not seen of a cluster that cannot be watched may well be there.
    if (!fleet.looksAt(service.cluster)) return;
    const now = clock.now();
    // Not later than now: the clock may have been set back.
    const since = Math.min(this.#absentSince.get(key) ?? now, now);
    this.#absentSince.set(key, since);
    const { manifest, repository, revision } = expected;
    const { folder } = manifest;
    const gitOps = controllers().ofExpected(service, { repository, folder });
    const waits = now - since < graceMs && gitOps?.sync !== 'Failed';
    if (waits && !board.missing(service, entityRef)) {
      this.#lookLater({ service, entityRef }, since + graceMs - now);
      return;
    }
    const reason = missingReason(expected, gitOps);
    const health = assess({
      now: new Date(now).toISOString(),
      service,
      objects: [],
      access: fleet.watcher(service.cluster)?.access(),
    });
    board.putMissing(
      service,
      saidOfMissing(health, reason),
      { ...modelOf(manifest), claimedEntity: entityRef },
      {
        state: 'NotDeployed',
        differences: [],
        total: 0,
        reason,
        source: { url: manifest.url, revision },
        ...(gitOps ? { gitOps } : {}),
        entityRef,
      },
    );
  }

  #lookLater(expectation: Expectation, ms: number): void {
    const key = keyOf(expectation);
    clearTimeout(this.#later.get(key));
    const timer = setTimeout(() => {
      this.#later.delete(key);
      this.#look(expectation);
    }, ms + 1);
    timer.unref();
    this.#later.set(key, timer);
  }
}

function keyOf({ service, entityRef }: Expectation): string {
  return recordKeyOf({ service, claimedEntity: entityRef, missing: true });
}

function modelOf({ text }: DesiredManifest): Pick<AssessedService, 'model'> {
  const { spec } = JSON.parse(text) as {
    spec?: { model?: { uri?: unknown; name?: unknown } };
  };
  const { uri, name } = spec?.model ?? {};
  return typeof uri === 'string' || typeof name === 'string'
    ? {
        model: {
          ...(typeof uri === 'string' ? { uri } : {}),
          ...(typeof name === 'string' ? { name } : {}),
        },
      }
    : {};
}
