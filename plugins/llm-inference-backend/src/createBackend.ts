import { setTimeout as delay } from 'node:timers/promises';
import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  assessService,
  parseProfiles,
} from 'backstage-plugin-llm-inference-common';
import type { Observation } from 'backstage-plugin-llm-inference-common';
import type { ClusterSupplier } from 'backstage-plugin-llm-inference-node';
import type { RequestHandler } from 'express';
import { registerActions } from './actions/registerActions';
import { MetricsCollector } from './metrics/MetricsCollector';
import { ModelHub } from './models/ModelHub';
import { MetricsReader } from './metrics/MetricsReader';
import { measured, registerMetrics } from './metrics/registerMetrics';
import { Gate } from './access/Gate';
import { keyToService } from './assess/AssessedService';
import { Assessor } from './assess/Assessor';
import { ServiceBoard } from './assess/ServiceBoard';
import { CatalogPublisher } from './catalog/CatalogPublisher';
import { Capabilities } from './capabilities/Capabilities';
import { PodLogs } from './logs/PodLogs';
import { ManifestValidator } from './validate/ManifestValidator';
import { DEFAULT_CLIENT_TIMEOUTS } from './clusters/KubernetesClient';
import { clusterSuppliers } from './clusters/clusterSuppliers';
import { createDrift } from './drift/createDrift';
import { readLlmInferenceConfig } from './config/LlmInferenceConfig';
import { EvidenceDatabase } from './evidence/EvidenceDatabase';
import { KvBaselines } from './evidence/KvBaselines';
import { LogEvidence } from './evidence/LogEvidence';
import { History } from './history/History';
import { HistoryDatabase } from './history/HistoryDatabase';
import { ReadyTimes } from './history/ReadyTimes';
import { Recorder } from './history/Recorder';
import { ManifestReader } from './manifest/ManifestReader';
import { Notifier } from './notify/Notifier';
import { PdVerifier } from './verify/PdVerifier';
import { createRouter } from './router';
import { HealthTexts } from './status/HealthTexts';
import { StatusReader } from './status/StatusReader';
import { StreamHub } from './stream/StreamHub';
import { systemClock } from './watch/Clock';
import { onClockJump } from './watch/ClockJumps';
import { traceWith } from './watch/Trace';
import { Fleet } from './watch/Fleet';
import { DEFAULT_TIMINGS } from './watch/Reflector';

/** What the backend is made from. */
export interface BackendOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  events: EventsService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  permissions: PermissionsService;
  suppliers: ClusterSupplier[];
  tracing: TracingService;
  urlReader: UrlReaderService;
}

/** The backend, wired and not yet started. */
export interface LlmInferenceBackend {
  router: RequestHandler;
  start(): Promise<void>;
  /** Leaves recording to another replica. Before {@link stop}: the database is closed with the plugins. */
  handOver(): Promise<void>;
  stop(): Promise<void>;
}

/** Wires the stages: watch, store, assess, and what answers from the result. */
export function createBackend(options: BackendOptions): LlmInferenceBackend {
  const { logger } = options;
  const config = readLlmInferenceConfig(options.config);
  const profiles = parseProfiles(config.profiles);
  const clock = systemClock;
  const trace = traceWith(options.tracing);
  const board = new ServiceBoard();
  const assess = measured(
    (observation: Observation) => assessService(observation),
    options.metrics,
  );
  const assessor = new Assessor({
    assess,
    board,
    clock,
    logger,
    trace,
  });
  const readyTimes = new ReadyTimes(service =>
    assessor.markDirty(keyToService(service)),
  );
  assessor.addObserver(readyTimes);
  const fleet = new Fleet({
    suppliers: [...clusterSuppliers(options), ...options.suppliers],
    assessor,
    clock,
    logger,
    trace,
    timings: {
      ...DEFAULT_TIMINGS,
      watchMs: config.watch.lifetimeSeconds * 1000,
      reprobeMs: config.watch.reprobeSeconds * 1000,
    },
    timeouts: {
      ...DEFAULT_CLIENT_TIMEOUTS,
      answerMs: config.watch.answerSeconds * 1000,
    },
    clusters: config.clusters,
    namespaces: config.namespaces,
    controllerNamespaces: config.drift.controllerNamespaces,
  });
  const collector = new MetricsCollector({
    board,
    clock,
    config: config.metrics,
    fleet,
    logger,
    onMeasured: service => assessor.markDirty(service),
  });
  assessor.addObserver(collector);
  const publisher = new CatalogPublisher({
    board,
    events: options.events,
    fleet,
    logger,
  });
  assessor.addObserver(publisher);
  let knownEvidence: EvidenceDatabase | undefined;
  const evidenceDatabase = () => knownEvidence;
  const baselines = new KvBaselines({
    bandwidth: service => collector.bandwidth(service),
    clock,
    database: evidenceDatabase,
    logger,
  });
  assessor.addObserver(baselines);
  const logEvidence = config.logs.evidence
    ? new LogEvidence({
        clock,
        database: evidenceDatabase,
        fleet,
        logger,
        onEvidence: service => assessor.markDirty(service),
        transferred: service => collector.transferred(service),
      })
    : undefined;
  if (logEvidence) assessor.addObserver(logEvidence);
  const gate = new Gate({ ...options, binding: config.entityBinding });
  const drift = config.drift.enabled
    ? createDrift(options, { assess, board, clock, fleet }, config.drift)
    : undefined;
  if (drift) assessor.addObserver(drift.observer);
  const reader = new StatusReader({
    board,
    fleet,
    binding: config.entityBinding,
    onEntity: entity => drift?.desired.notice(entity),
  });
  const notifier = new Notifier({
    ...options,
    board,
    clock,
    debounceMs: config.notifications.debounceSeconds * 1000,
  });
  const recorder = new Recorder({
    board,
    fleet,
    clock,
    logger,
    open: async () => {
      const database = await HistoryDatabase.open(options.database);
      const evidence = new EvidenceDatabase(await options.database.getClient());
      await readyTimes.restore(database);
      await baselines.restore(evidence);
      await logEvidence?.restore(evidence);
      knownEvidence = evidence;
      return database;
    },
    retentionMs: config.history.retentionDays * 86_400_000,
    onRecorded: async database => {
      await notifier.tell(database);
      await readyTimes.save(database);
    },
  });
  const texts = new HealthTexts();
  const streams = new StreamHub({ board, fleet, gate, reader, texts, logger });
  assessor.goFirstWhere(service => streams.isWatched(service));
  registerMetrics({ board, fleet, metrics: options.metrics, streams });
  registerActions({
    actionsRegistry: options.actionsRegistry,
    auditor: options.auditor,
    auth: options.auth,
    board,
    gate,
    reader,
  });
  // How old things are decides verdicts: all that were judged by the wrong time are judged anew.
  const judgeAnew = (jumpedMs: number) => {
    logger.warn(
      `The clock of this machine was set ${
        jumpedMs > 0 ? 'forward' : 'back'
      } by ${Math.round(Math.abs(jumpedMs) / 1000)} seconds`,
    );
    for (const { name } of fleet.watchers()) assessor.markClusterDirty(name);
  };
  let stopWatchingClock = () => {};
  const models = new ModelHub(config.models);
  const capabilities = new Capabilities(fleet, options.tracing);
  return {
    router: createRouter({
      auditor: options.auditor,
      board,
      capabilities,
      fleet,
      gate,
      history: new History(() => recorder.database),
      httpAuth: options.httpAuth,
      logs: config.logs.enabled ? new PodLogs(fleet) : undefined,
      manifests: new ManifestReader({ fleet, logger }),
      metrics: new MetricsReader(collector, config.metrics),
      models,
      profiles,
      reader,
      streams,
      texts,
      verifier: config.verifyPd.enabled
        ? new PdVerifier({
            clock,
            collector,
            gateways: config.verifyPd.gateways,
            fabricOf: logEvidence
              ? service => board.get(service)?.health.kvTransfer.fabric
              : undefined,
          })
        : undefined,
      validator: new ManifestValidator({
        fleet,
        capabilities,
        dryRunAllowed: config.validation.serverDryRun,
      }),
    }),
    async start() {
      assessor.start();
      stopWatchingClock = onClockJump(clock, judgeAnew);
      streams.start();
      recorder.start();
      publisher.start();
      collector.start();
      await drift?.keeper.start();
      await fleet.start();
      await firstPicture(fleet, config.watch.startupSeconds * 1000);
    },
    handOver: () => recorder.stop(),
    async stop() {
      stopWatchingClock();
      streams.stop();
      publisher.stop();
      logEvidence?.stop();
      await drift?.keeper.stop();
      await recorder.stop();
      await collector.stop();
      await fleet.stop();
      await models.close();
      assessor.stop();
    },
  };
}

/**
 * Waits until every cluster is read or found unreadable, but not longer than told: the portal reports
 * itself ready only once this has resolved.
 */
async function firstPicture(fleet: Fleet, longestMs: number): Promise<void> {
  const giveUpAt = performance.now() + longestMs;
  while (!fleet.settled && performance.now() < giveUpAt) {
    await delay(25);
  }
}
