import { declaresPrefill } from '../../resource/inferenceService';
import type { ServicePart } from '../../resource/labels';
import {
  asNumber,
  asRecord,
  asText,
  asTime,
  type UnknownRecord,
} from '../../resource/unknown';
import type { AccessKey, AccessProblem } from '../Observation';
import { DEFAULT_THRESHOLDS, type AssessOptions } from '../thresholds';
import { EventIndex } from './EventIndex';
import type { Facts, PoolFacts } from './Facts';
import { LogReader } from './LogReader';
import { MetricsReader } from './MetricsReader';
import { readPool } from './readPool';
import { readServiceObjects } from './ServiceObjects';

const PROBLEMS: readonly string[] = ['Forbidden', 'Unreachable', 'NotServed'];

/** Reads an observation of unknown shape into facts. */
export function readFacts(observation: unknown, options: AssessOptions): Facts {
  const input = asRecord(observation);
  const reference = asRecord(input.service);
  const service = {
    cluster: asText(reference.cluster) ?? '',
    namespace: asText(reference.namespace) ?? '',
    name: asText(reference.name) ?? '',
  };
  const thresholds = { ...DEFAULT_THRESHOLDS, ...options.thresholds };
  const observedAt = asText(input.now) ?? '';
  const now = asTime(observedAt) ?? 0;
  const access = readAccess(input.access);
  const objects = readServiceObjects(input.objects, service);
  const { resource } = objects;
  const events = new EventIndex(objects.events);
  const history = asRecord(input.history);
  const spec = resource?.spec ?? {};
  const disaggregated =
    (resource !== undefined && declaresPrefill(resource)) ||
    objects.workloads.has('prefill') ||
    objects.pods.has('prefill');

  const pool = (name: ServicePart, poolSpec: UnknownRecord): PoolFacts =>
    readPool({
      name,
      now,
      thresholds,
      resource,
      spec: poolSpec,
      workload: objects.workloads.get(name),
      replicaSets: objects.replicaSets.get(name) ?? [],
      pods: objects.pods.get(name) ?? [],
      podsRead: !access.has('pods') && !access.has('cluster'),
      workloadsRead:
        !access.has('deployments') && !access.has('leaderworkersets'),
      events,
      readyAt: history[`${name}ReadyAt`],
    });

  return {
    now,
    observedAt,
    service,
    thresholds,
    tls: options.tls,
    access,
    resource,
    disaggregated,
    decode: pool('decode', spec),
    prefill: disaggregated
      ? pool('prefill', asRecord(spec.prefill))
      : undefined,
    scheduler: pool('scheduler', asRecord(asRecord(spec.router).scheduler)),
    events,
    logs: new LogReader(input.logs, thresholds.logLines),
    metrics: new MetricsReader(input.metrics, now, thresholds),
    earlierMetrics: new MetricsReader(input.metrics, now, thresholds, true),
    inferencePools: objects.inferencePools,
    routes: objects.routes,
    gateways: objects.gateways,
    autoscalers: objects.autoscalers,
    objectsRead: Array.isArray(input.objects),
    kvBaseline: asNumber(asRecord(history.kvBaseline).bytesPerSecond),
  };
}

function readAccess(value: unknown): Map<AccessKey, AccessProblem> {
  const access = new Map<AccessKey, AccessProblem>();
  for (const [key, problem] of Object.entries(asRecord(value))) {
    if (typeof problem === 'string' && PROBLEMS.includes(problem)) {
      access.set(key as AccessKey, problem as AccessProblem);
    }
  }
  return access;
}
