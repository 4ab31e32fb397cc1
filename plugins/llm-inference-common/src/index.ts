/**
 * The core of the llm-inference plugins. Pure and isomorphic: no I/O, no clock of its own.
 *
 * @packageDocumentation
 */

// resource
export * from './resource/KubernetesObject';
export * from './resource/containers';
export * from './resource/engineArguments';
export * from './resource/engineIntent';
export * from './resource/environment';
export { inertLine } from './resource/inertLine';
export * from './resource/kvTransferConfig';
export type { ServicePart } from './resource/labels';
export * from './resource/networkAttachments';
export * from './resource/probes';
export * from './resource/quantity';
export * from './resource/resourceNames';
export * from './resource/schedulerConfig';
export { secretInText } from './resource/secrets';
export * from './resource/shellWords';
export * from './resource/ucxTransports';
export * from './resource/unknown';

// health
export * from './health/CauseId';
export * from './health/assessService';
export * from './health/thresholds';
export * from './health/remedies/remedyForm';
export * from './health/Observation';
export * from './health/ServingHealth';
export { evidenceLines } from './health/logs/evidenceLines';
export * from './health/logs/logTargets';
export { parseExposition, withoutTotal } from './health/series/parseExposition';
export * from './health/series/PageReader';
export {
  isMeasuredSeries,
  measuredSeriesNames,
} from './health/series/seriesNames';
export {
  FramePacker,
  type Arrangement,
  type FrameLayout,
  type ScrapeFrame,
} from './health/series/ScrapeFrame';
export {
  scrapeTargetsOf,
  type PodRun,
  type ScrapeTarget,
} from './health/series/scrapeTargets';
export type { PodWindow } from './health/series/PodWindow';
export * from './health/series/ServiceSeries';
export * from './health/series/ServiceMeasurements';
export {
  firstRoundOf,
  bandwidthOf,
  isSameRun,
  kvReadings,
  podsWithTransfers,
  windowsBetween,
  type ScrapedPod,
  type ScrapeRound,
} from './health/series/kvReadings';

// drift
export * from './drift/compareSpecs';
export * from './drift/SpecDifference';

// manifest
export { serviceCapacity } from './manifest/capacity/serviceCapacity';
export * from './manifest/generate/ManifestFile';
export { entityRefOf } from './manifest/generate/names';
export {
  CLUSTERS_ANNOTATION,
  KSERVE_VERSION_ANNOTATION,
  PROFILE_ANNOTATION,
} from './manifest/generate/catalogInfo';
export {
  folderOfService,
  generateOptionsOf,
  type GenerateOptions,
} from './manifest/generate/GenerateOptions';
export * from './manifest/generate/modelMetadata';
export * from './manifest/generate/openAiDocument';
export { generateManifests } from './manifest/generate/generateManifests';
export * from './manifest/profile/PdServiceRequest';
export { parseProfiles } from './manifest/profile/parseProfiles';
export { planPdService } from './manifest/profile/planPdService';
export type { OfferedProfile } from './manifest/profile/profileSchema';
export { refuseByProfile } from './manifest/profile/refuseByProfile';
export { readPdServiceSpec } from './manifest/read/readPdServiceSpec';
export type {
  ChangedField,
  ServiceChange,
} from './manifest/update/ServiceChange';
export {
  refuseChange,
  type ChangeLimits,
  type PoolSize,
} from './manifest/update/refuseChange';
export {
  updateService,
  type UpdatedManifest,
} from './manifest/update/updateService';
export {
  ALLOWED_ENGINE_ARGUMENTS,
  type EngineArguments,
} from './manifest/spec/EngineArguments';
export type { FabricKind, FabricSpec } from './manifest/spec/FabricSpec';
export {
  LONGEST_SERVICE_NAME,
  refuseServiceName,
  suggestServiceName,
} from './manifest/spec/fields';
export { inspectText, refuseText } from './manifest/spec/inspectText';
export type { KvTransferSpec } from './manifest/spec/KvTransferSpec';
export { defaultModelName, refuseModelUri } from './manifest/spec/ModelSpec';
export { parsePdServiceSpec } from './manifest/spec/parsePdServiceSpec';
export type {
  PdServiceSpec,
  PdServiceSpecInput,
  PodsSpec,
} from './manifest/spec/PdServiceSpec';
export type { PoolSpec, ScalingSpec } from './manifest/spec/PoolSpec';
export {
  formatProblems,
  type Parsed,
  type Problem,
  type Refusal,
} from './manifest/spec/Problem';
export { PROBLEM_CODES, type ProblemCode } from './manifest/spec/problemCodes';

// lint
export { lintManifests } from './lint/lintManifests';
export type { Finding, FindingLevel } from './lint/Finding';
export { locateFindings, type LocatedFinding } from './lint/locateFindings';
export { LINT_IDS, type LintId } from './lint/lintIds';
export type {
  LintArchitecture,
  LintOptions,
  LintPolicy,
  LintPoolFit,
  LintPoolSizes,
} from './lint/LintOptions';

// sizing
export * from './sizing/ModelArchitecture';
export * from './sizing/CapacityPlan';
export * from './sizing/estimateCapacity';
export {
  ADVICE_IDS,
  WORTHWHILE_PROMPT_TOKENS,
  type Advice,
} from './sizing/advice';
export {
  architectureFromConfig,
  weightBytesFromIndex,
} from './sizing/architectureFromConfig';
export { kvBytes, kvBytesPerGpu, kvBytesPerToken } from './sizing/kvCache';
export {
  activationBytes,
  DEFAULT_BLOCK_TOKENS,
  defaultGpuMemoryUtilization,
  nonTorchBytes,
  smallestTensor,
  weightBytes,
  weightBytesOf,
  weightBytesPerGpu,
  type ReplicaParallelism,
} from './sizing/memory';
export {
  matchRates,
  timeToFirstToken,
  type MeasuredThroughput,
  type PoolRatio,
  type Workload,
} from './sizing/rateMatching';
export * from './sizing/modelCards';
export * from './sizing/referenceModels';
export * from './sizing/sloPresets';
export * from './sizing/transfer';
export { bytesOfType, GB, GIB } from './sizing/units';

// api
export * from './api/LlmInferenceClient';
export * from './api/annotations';
export * from './api/capabilities';
export * from './api/drift';
export * from './api/history';
export * from './api/manifest';
export * from './api/metrics';
export * from './api/permissions';
export * from './api/redactText';
export * from './api/trafficNow';
export * from './api/validation';
export * from './api/verifyPd';
export * from './api/wire';
