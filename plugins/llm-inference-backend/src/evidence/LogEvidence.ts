import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  evidenceLines,
  isSameRun,
  logTargetsOf,
  redactText,
} from 'backstage-plugin-llm-inference-common';
import type {
  LogTarget,
  Observation,
  ScrapedPod,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { Observer } from '../assess/Assessor';
import { serviceKeyOf } from '../assess/AssessedService';
import { KubernetesError } from '../clusters/KubernetesError';
import { Slots } from '../metrics/Slots';
import type { Clock } from '../watch/Clock';
import type { Fleet } from '../watch/Fleet';
import type { EvidenceDatabase } from './EvidenceDatabase';

/** A suspect container is read again only so often. */
const AGAIN_MS = 60_000;

/** Lines and bytes of a tail. */
const TAIL_LINES = 2_000;
const TAIL_BYTES = 1024 * 1024;

const LONGEST_MS = 15_000;

/** Logs read at the same time, over all clusters. */
const CONCURRENCY = 4;

/** Runs that nobody has asked about for so long are forgotten. */
const KEPT_MS = 7 * 86_400_000;

/** What is known of the last run of a container. */
interface ReadRun {
  incarnation: string;
  /** Absent where the log could not be read: that is not the same as silence. */
  lines?: string[];
  afterTransfer: boolean;
  at: number;
}

/** What evidence is read with. */
export interface LogEvidenceOptions {
  clock: Clock;
  /** Undefined until the database is open. */
  database(): EvidenceDatabase | undefined;
  fleet: Fleet;
  logger: LoggerService;
  /** Decode pods whose run has fetched KV cache, as far as is known. */
  transferred(service: ServiceRef): Pick<ScrapedPod, 'pod' | 'run'>[];
  /** Told where there is new evidence about a service. */
  onEvidence(service: ServiceRef): void;
}

/**
 * Reads short tails of the logs of engines that start or are in doubt, and of decode pods once after their
 * first transfer: UCX tells its transport only then. Keeps the lines that are evidence, never the log.
 */
export class LogEvidence implements Observer {
  readonly #options: LogEvidenceOptions;
  /** By pod uid and container. */
  readonly #runs = new Map<string, ReadRun>();
  readonly #reading = new Set<string>();
  /** When a cluster refused its logs last. */
  readonly #forbidden = new Map<string, number>();
  readonly #slots = new Slots(CONCURRENCY);
  readonly #abort = new AbortController();

  constructor(options: LogEvidenceOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Takes over the lines that were kept before this process began, and forgets old ones. */
  async restore(database: EvidenceDatabase): Promise<void> {
    await database.forgetEvidence(this.#now() - KEPT_MS);
    const stored = await database.evidence();
    for (const run of stored.sort((a, b) => a.at - b.at)) {
      const key = containerOf(run.incarnation);
      const known = this.#runs.get(key);
      if (!known || known.at < run.at) this.#runs.set(key, run);
    }
  }

  observe(observation: Observation): Observation {
    const logs: Record<string, string> = {};
    for (const object of observation.objects) {
      const { uid, name } = object.metadata ?? {};
      if (object.kind !== 'Pod' || !uid) continue;
      for (const container of ['main', 'llm-d-routing-sidecar']) {
        const lines = this.#runs.get(`${uid}/${container}`)?.lines;
        if (lines) logs[`${name}/${container}`] = lines.join('\n');
      }
    }
    const { cluster } = observation.service;
    const forbidden = this.#isForbidden(cluster);
    return {
      ...observation,
      ...(Object.keys(logs).length > 0 ? { logs } : {}),
      ...(forbidden
        ? { access: { ...observation.access, 'pods/log': 'Forbidden' } }
        : {}),
    };
  }

  assessed(health: ServingHealth): void {
    const { service } = health;
    const watcher = this.#options.fleet.watcher(service.cluster);
    if (!watcher?.client || health.verdict === 'Stopped') return;
    if (this.#isForbidden(service.cluster)) return;
    // Until the database is open, what was read before is not known.
    if (!this.#options.database()) return;
    const objects = watcher.store.objectsOf(service.namespace, service.name);
    const transferred = this.#options.transferred(service);
    for (const target of logTargetsOf(objects, health)) {
      // What an earlier run fetched says nothing of this one.
      const first = transferred.some(
        ({ pod, run }) => pod === target.pod && isSameRun(run, target.run),
      );
      if (this.#isDue(target, first)) void this.#read(service, target, first);
    }
  }

  #isDue({ incarnation, suspect }: LogTarget, transferred: boolean): boolean {
    if (this.#reading.has(incarnation)) return false;
    const run = this.#runOf(incarnation);
    const waits = run && !run.lines && this.#since(run.at) < AGAIN_MS;
    if (transferred && !run?.afterTransfer && !waits) return true;
    return suspect && (!run || this.#since(run.at) >= AGAIN_MS);
  }

  async #read(
    service: ServiceRef,
    target: LogTarget,
    transferred: boolean,
  ): Promise<void> {
    const { incarnation } = target;
    this.#reading.add(incarnation);
    try {
      const text = await this.#slots.run(() => this.#tail(service, target));
      const before = this.#runOf(incarnation);
      const lines = evidenceLines(text, before?.lines);
      await this.#keep(service, lines, {
        incarnation,
        afterTransfer: transferred || before?.afterTransfer === true,
        at: this.#now(),
      });
      this.#options.onEvidence(service);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#failed(service, target, error);
    } finally {
      this.#reading.delete(incarnation);
    }
  }

  async #tail(service: ServiceRef, target: LogTarget): Promise<string> {
    const client = this.#options.fleet.watcher(service.cluster)?.client;
    if (!client) return '';
    return await client.getText(
      `/api/v1/namespaces/${encodeURIComponent(
        service.namespace,
      )}/pods/${encodeURIComponent(target.pod)}/log`,
      {
        container: target.container,
        tailLines: TAIL_LINES,
        limitBytes: TAIL_BYTES,
      },
      AbortSignal.any([this.#abort.signal, AbortSignal.timeout(LONGEST_MS)]),
    );
  }

  async #keep(
    service: ServiceRef,
    lines: string[],
    run: Omit<ReadRun, 'lines'>,
  ): Promise<void> {
    this.#runs.set(containerOf(run.incarnation), { ...run, lines });
    for (const [key, { at }] of this.#runs) {
      if (at < this.#now() - KEPT_MS) this.#runs.delete(key);
    }
    await this.#options
      .database()
      ?.keepEvidence({ ...run, lines, service: serviceKeyOf(service) });
  }

  #failed(service: ServiceRef, target: LogTarget, error: unknown): void {
    if (error instanceof KubernetesError && error.kind === 'Forbidden') {
      this.#forbidden.set(service.cluster, this.#now());
      this.#options.onEvidence(service);
    }
    // Tried again like a container that had nothing to say, and not at once.
    const { incarnation } = target;
    this.#runs.set(containerOf(incarnation), {
      afterTransfer: false,
      ...this.#runOf(incarnation),
      incarnation,
      at: this.#now(),
    });
    this.#options.logger.debug(
      `The log of ${service.namespace}/${target.pod}/${
        target.container
      } could not be read as evidence: ${redactText(toError(error).message)}`,
    );
  }

  #isForbidden(cluster: string): boolean {
    const at = this.#forbidden.get(cluster);
    return at !== undefined && this.#since(at) < 5 * AGAIN_MS;
  }

  /** Milliseconds since a time; without end where a clock that ran ahead has noted it. */
  #since(at: number): number {
    const passed = this.#now() - at;
    return passed < 0 ? Infinity : passed;
  }

  #runOf(incarnation: string): ReadRun | undefined {
    const run = this.#runs.get(containerOf(incarnation));
    return run?.incarnation === incarnation ? run : undefined;
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

/** The part of an incarnation that names the container; the run comes last. */
function containerOf(incarnation: string): string {
  return incarnation.slice(0, incarnation.lastIndexOf('/'));
}
