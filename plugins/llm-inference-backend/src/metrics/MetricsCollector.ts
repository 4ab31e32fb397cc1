import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  bandwidthOf,
  FramePacker,
  podsWithTransfers,
  scrapeTargetsOf,
  ServiceMeasurements,
} from 'backstage-plugin-llm-inference-common';
import type {
  AccessProblem,
  MeasurementTimes,
  Observation,
  ScrapedPod,
  ScrapeRound,
  ScrapeTarget,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';
import type { Observer } from '../assess/Assessor';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { Clock } from '../watch/Clock';
import type { Fleet } from '../watch/Fleet';
import { sourceOf } from './MetricsConfig';
import type { MetricsConfig } from './MetricsConfig';
import type {
  MetricsProblemKind,
  MetricsSource,
  PodReading,
} from './MetricsSource';
import { createSource } from './createSource';

/** How often it is looked whose turn it is, and which services there are. */
const TICK_MS = 250;
const SWEEP_MS = 1_000;

/** A pod that could not be measured. */
export interface MetricsProblem {
  pod: string;
  problem: MetricsProblemKind;
  message: string;
}

interface Measured {
  service: ServiceRef;
  measurements: ServiceMeasurements;
  problems: MetricsProblem[];
  /** Milliseconds of the monotonic clock. */
  dueAt: number;
  busy: boolean;
  /** Where its pods are read, as last seen; found again after every judgement, which comes of every change. */
  targets?: readonly ScrapeTarget[];
}

/** Measures every service of the clusters that have a source, each at its own turn within the interval. */
export class MetricsCollector implements Observer {
  readonly #options: MetricsCollectorOptions;
  readonly #times: MeasurementTimes;
  readonly #intervalMs: number;
  readonly #sources = new Map<string, MetricsSource>();
  readonly #services = new Map<string, Measured>();
  readonly #packer = new FramePacker();
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #timer?: NodeJS.Timeout;
  #sweepAt = 0;

  constructor(options: MetricsCollectorOptions) {
    const { intervalSeconds, retentionMinutes } = options.config;
    this.#options = options;
    this.#intervalMs = intervalSeconds * 1000;
    this.#times = {
      windowMs: windowSecondsOf(options.config) * 1000,
      retentionMs: retentionMinutes * 60_000,
    };
  }

  /** Begins to measure; does nothing where no source is configured. */
  start(): void {
    if (this.#options.config.sources.length === 0) return;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    await Promise.all(this.#running);
  }

  /** What is measured of a service; undefined where nothing is. */
  of(
    service: ServiceRef,
  ): Pick<Measured, 'measurements' | 'problems'> | undefined {
    return this.#services.get(serviceKeyOf(service));
  }

  /** Adds what was measured; nothing where measuring is off. */
  observe(observation: Observation): Observation {
    const measured = this.#services.get(serviceKeyOf(observation.service));
    if (!measured) return observation;
    measured.targets = scrapeTargetsOf(observation.objects);
    const problem = accessProblem(measured.problems);
    return {
      ...observation,
      metrics: measured.measurements.readings(),
      ...(problem
        ? { access: { ...observation.access, metrics: problem } }
        : {}),
    };
  }

  /** Lets go of a service: of one that is missing, no pods are asked any more. */
  gone(service: ServiceRef): void {
    this.#services.delete(serviceKeyOf(service));
  }

  /** Bytes per second of transfer time in the last window; undefined after fewer than five transfers. */
  bandwidth(service: ServiceRef): number | undefined {
    const rounds = this.of(service)?.measurements.rounds ?? [];
    return bandwidthOf(rounds);
  }

  /** Decode pods, with their run, that are known to have fetched KV cache since they started. */
  transferred(service: ServiceRef): Pick<ScrapedPod, 'pod' | 'run'>[] {
    const newest = this.of(service)?.measurements.rounds.at(-1);
    return newest ? podsWithTransfers(newest) : [];
  }

  /**
   * Measures a service now, whoever's turn it is, through the same source; resolves once that is done. Nothing
   * happens where the service has no source.
   */
  async measureNow(service: ServiceRef): Promise<void> {
    const measured = this.#services.get(serviceKeyOf(service));
    const source = this.#sourceOf(service.cluster);
    if (measured && source) await this.#measure(measured, source);
  }

  /** Where the metrics of a cluster come from; undefined where they are off. */
  sourceKind(cluster: string): MetricsSource['kind'] | undefined {
    return this.#sourceOf(cluster)?.kind;
  }

  #tick(): void {
    const now = performance.now();
    if (now >= this.#sweepAt) {
      this.#sweepAt = now + SWEEP_MS;
      this.#sweep(now);
    }
    for (const measured of this.#services.values()) {
      if (measured.dueAt > now || measured.busy) continue;
      const source = this.#sourceOf(measured.service.cluster);
      if (!source) continue;
      measured.dueAt = Math.max(
        measured.dueAt + this.#intervalMs,
        now + this.#intervalMs / 2,
      );
      this.#track(this.#measure(measured, source));
    }
  }

  /** Takes in services that came, and lets go of those that are gone or were stopped. */
  #sweep(now: number): void {
    const present = new Set<string>();
    for (const { service, health, missing } of this.#options.board.all()) {
      if (missing || health.verdict === 'Stopped') continue;
      if (!this.#sourceOf(service.cluster)) continue;
      const key = serviceKeyOf(service);
      present.add(key);
      if (!this.#services.has(key)) this.#begin(service, now);
    }
    for (const key of this.#services.keys()) {
      if (!present.has(key)) this.#services.delete(key);
    }
  }

  #begin(service: ServiceRef, now: number): void {
    this.#services.set(serviceKeyOf(service), {
      service,
      measurements: new ServiceMeasurements(this.#times),
      problems: [],
      dueAt: now + this.#options.clock.random() * this.#intervalMs,
      busy: false,
    });
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch(error => {
        if (!this.#abort.signal.aborted) {
          this.#options.logger.error(
            `Metrics could not be collected: ${toError(error).message}`,
          );
        }
      })
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  async #measure(measured: Measured, source: MetricsSource): Promise<void> {
    const { cluster, namespace, name } = measured.service;
    const store = this.#options.fleet.watcher(cluster)?.store;
    if (!store) return;
    measured.busy = true;
    try {
      const targets =
        measured.targets ?? scrapeTargetsOf(store.objectsOf(namespace, name));
      const readings = await source.read(
        namespace,
        targets,
        this.#abort.signal,
      );
      measured.measurements.add(this.#roundOf(readings), performance.now());
      measured.problems = readings.flatMap(reading =>
        'problem' in reading
          ? {
              pod: reading.target.pod,
              problem: reading.problem,
              message: reading.message,
            }
          : [],
      );
    } finally {
      measured.busy = false;
    }
    this.#options.onMeasured(measured.service);
  }

  #roundOf(readings: PodReading[]): ScrapeRound {
    return {
      at: this.#options.clock.now(),
      pods: readings.map(reading => ({
        pod: reading.target.pod,
        part: reading.target.part,
        run: reading.target.run,
        ...('frame' in reading ? { frame: reading.frame } : {}),
      })),
    };
  }

  #sourceOf(cluster: string): MetricsSource | undefined {
    const known = this.#sources.get(cluster);
    if (known) return known;
    const { config, clock, fleet } = this.#options;
    const settings = sourceOf(config, cluster);
    if (!settings) return undefined;
    const source = createSource(settings, {
      clock,
      packer: this.#packer,
      client: () => fleet.watcher(cluster)?.client,
    });
    this.#sources.set(cluster, source);
    return source;
  }
}

/** What the collector is built from. */
export interface MetricsCollectorOptions {
  board: ServiceBoard;
  clock: Clock;
  config: MetricsConfig;
  fleet: Fleet;
  logger: LoggerService;
  /** Told after every round of a service. */
  onMeasured(service: ServiceRef): void;
}

/** Seconds that a point of a series looks back to: a minute, or four intervals where those are longer. */
export function windowSecondsOf({ intervalSeconds }: MetricsConfig): number {
  return Math.max(60, 4 * intervalSeconds);
}

/** Only what the portal itself may not do, or not reach at all, is a problem of access. */
function accessProblem(
  problems: readonly MetricsProblem[],
): AccessProblem | undefined {
  return problems.some(({ problem }) => problem === 'Forbidden')
    ? 'Forbidden'
    : undefined;
}
