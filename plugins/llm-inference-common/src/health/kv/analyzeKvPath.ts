import { asList, asRecord, asText } from '../../resource/unknown';
import { findContainer, MAIN_CONTAINER } from '../../resource/containers';
import { mayHideArguments } from '../../resource/environment';
import {
  findTransferConnector,
  pairConnectors,
  sidecarConnectorFor,
  type ConnectorPairing,
} from '../../resource/kvTransferConfig';
import type { SchedulerProfile } from '../../resource/schedulerConfig';
import type { Facts, PoolFacts } from '../facts/Facts';
import { evidence } from '../quote';
import type { Evidence, KvTransferHealth } from '../ServingHealth';
import {
  judgeEffectiveness,
  transferRate,
  type EffectivenessFinding,
} from './effectiveness';
import { findFabric, type FabricFinding } from './fabric';
import { measureKvPath, type KvMeasurements } from './measurements';
import { parseSchedulerProfile } from './schedulerProfileReader';

/** Everything known of the way of the KV cache; worked out once per assessment. */
export interface KvPath {
  pairing: ConnectorPairing;
  configurationEvidence: Evidence[];
  fabric: FabricFinding;
  measurements: KvMeasurements;
  effectiveness: EffectivenessFinding;
  /** Absent where the scheduler's configuration could not be read. */
  profile?: SchedulerProfile;
  /** The object that the profile was read from. */
  profileObject?: string;
}

const known = new WeakMap<Facts, KvPath>();

/** Works out the KV path of a disaggregated service. */
export function analyzeKvPath(facts: Facts): KvPath {
  let path = known.get(facts);
  if (!path) {
    path = analyze(facts);
    known.set(facts, path);
  }
  return path;
}

function analyze(facts: Facts): KvPath {
  const scheduler = readScheduler(facts);
  const measurements = measureKvPath(facts);
  return {
    pairing: pairPools(facts),
    configurationEvidence: describeConfigurations(facts),
    fabric: findFabric(facts),
    measurements,
    effectiveness: confirmBypass(
      judgeEffectiveness(measurements, facts, scheduler?.profile.decider),
      measurements,
      facts,
      scheduler?.profile.decider,
    ),
    profile: scheduler?.profile,
    profileObject: scheduler?.object,
  };
}

/** Where there are scrapes enough for two evaluations, one alone makes a bypass suspect and no more. */
function confirmBypass(
  finding: EffectivenessFinding,
  { measured }: KvMeasurements,
  facts: Facts,
  decider: string | undefined,
): EffectivenessFinding {
  if (
    finding.effectiveness !== 'Bypassed' ||
    !measured.some(pod => facts.metrics.hasHistory(pod))
  ) {
    return finding;
  }
  const earlier = { ...facts, metrics: facts.earlierMetrics };
  const before = judgeEffectiveness(measureKvPath(earlier), earlier, decider);
  return before.effectiveness === 'Bypassed'
    ? finding
    : {
        ...finding,
        effectiveness: 'Suspect',
        reason: `${finding.reason}, in one evaluation so far`,
        words: { ...finding.words, once: 'yes' },
      };
}

/** The KV path as it is shown. */
export function describeKvPath(facts: Facts): KvTransferHealth {
  if (!facts.disaggregated || facts.resource?.stopped || !facts.resource) {
    return {
      configuration:
        facts.resource && !facts.disaggregated && !facts.resource.stopped
          ? 'None'
          : 'Unknown',
      fabric: 'Unverified',
      effectiveness: 'Unmeasurable',
      evidence: [],
    };
  }
  const path = analyzeKvPath(facts);
  return {
    configuration: path.pairing.configuration,
    fabric: path.fabric.fabric,
    effectiveness: path.effectiveness.effectiveness,
    ...knownRate(path.measurements, facts),
    evidence: [
      ...path.configurationEvidence,
      ...path.fabric.evidence,
      ...path.effectiveness.evidence,
    ],
  };
}

/** A few transfers are no rate; so many digits as a person compares. */
function knownRate(
  counts: KvMeasurements,
  { thresholds }: Facts,
): Pick<KvTransferHealth, 'bytesPerSecond'> {
  const rate = transferRate(counts);
  return rate !== undefined &&
    (counts.observations ?? 0) >= thresholds.slowFabricTransfers
    ? { bytesPerSecond: Number(rate.toPrecision(3)) }
    : {};
}

function pairPools({ decode, prefill }: Facts): ConnectorPairing {
  if (!decode.engine || !prefill?.engine) {
    return { configuration: 'Unknown' };
  }
  // What presets, base configs and newer controllers add does not show in the resource itself.
  if (isSilent(decode) || isSilent(prefill)) {
    return { configuration: 'Unknown' };
  }
  const pairing = pairConnectors(decode.kvConfig, prefill.kvConfig);
  const connector = findTransferConnector(decode.kvConfig)?.name;
  const sidecar = decode.engine.sidecarConnector;
  const expected = connector && sidecarConnectorFor(connector);
  if (
    pairing.configuration === 'Paired' &&
    sidecar !== undefined &&
    expected !== undefined &&
    sidecar !== expected
  ) {
    return {
      configuration: 'Mismatched',
      problem: `the routing sidecar speaks ${sidecar}, but ${connector} needs ${expected}`,
      words: {
        code: 'Sidecar',
        sidecar,
        connector: String(connector),
        expected,
      },
    };
  }
  return pairing;
}

function isSilent(pool: PoolFacts): boolean {
  return (
    findTransferConnector(pool.kvConfig) === undefined &&
    (pool.engine?.source === 'Spec' || mayHideArguments(pool.engine?.container))
  );
}

function describeConfigurations({ decode, prefill }: Facts): Evidence[] {
  return [decode, prefill].flatMap(pool => {
    const { engine, kvConfig } = pool ?? {};
    if (!engine) {
      return [];
    }
    return [
      evidence(
        'Spec',
        engine.object,
        kvConfig
          ? `${
              kvConfig.source ?? 'VLLM_ADDITIONAL_ARGS'
            }: --kv-transfer-config ${kvConfig.raw}`
          : `no --kv-transfer-config in VLLM_ADDITIONAL_ARGS or args of container ${MAIN_CONTAINER}`,
      ),
    ];
  });
}

interface SchedulerReading {
  profile: SchedulerProfile;
  object: string;
}

/** Reads the scheduler's configuration from its pod or Deployment; a file from a ConfigMap is not seen. */
function readScheduler({ scheduler }: Facts): SchedulerReading | undefined {
  const [pod] = scheduler.current;
  const spec = pod?.spec ?? asRecord(scheduler.workload?.template.spec);
  const object = pod
    ? `Pod/${pod.name}`
    : `Deployment/${scheduler.workload?.name}`;
  const container = findContainer(spec, MAIN_CONTAINER);
  const words = [...asList(container?.command), ...asList(container?.args)].map(
    asText,
  );
  for (let index = 0; index < words.length; index++) {
    const match = /^--config-text(?:=([\s\S]*))?$/.exec(words[index] ?? '');
    const text = match && (match[1] ?? words[index + 1]);
    if (text) {
      const profile = parseSchedulerProfile(text);
      return profile && { profile, object };
    }
  }
  return undefined;
}
