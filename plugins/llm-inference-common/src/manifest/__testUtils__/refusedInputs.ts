import { parseProfiles } from '../profile/parseProfiles';
import { planPdService } from '../profile/planPdService';
import { refuseByProfile } from '../profile/refuseByProfile';
import { refuseServiceName } from '../spec/fields';
import { inspectText } from '../spec/inspectText';
import { refuseModelUri } from '../spec/ModelSpec';
import { parsePdServiceSpec } from '../spec/parsePdServiceSpec';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { Problem, Refusal } from '../spec/Problem';
import type { ProblemCode } from '../spec/problemCodes';
import { refuseChange } from '../update/refuseChange';
import { PROFILES, REQUEST } from './profiles';

/** Values by dotted path; undefined removes. */
type Changes = Readonly<Record<string, unknown>>;

type Fields = Record<string, unknown>;

function changed<T>(base: T, changes: Changes): T {
  const copy = structuredClone(base);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let place = copy as Fields;
    for (const key of keys) {
      place[key] ??= {};
      place = place[key] as Fields;
    }
    place[last] = value;
  }
  return copy;
}

const [h100, cpu] = ['h100-roce', 'cpu-trial'].map(
  name => parseProfiles({ [name]: PROFILES[name] })[0],
);

function planned(request: unknown, profile: typeof h100): PdServiceSpec {
  const spec = planPdService(request, profile);
  if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
  return spec.value;
}

const SPEC = planned(REQUEST, h100);
const ON_CPU = planned(
  {
    ...REQUEST,
    profile: 'cpu-trial',
    model: { uri: 'hf://facebook/opt-125m' },
  },
  cpu,
);

function problemsIn(base: PdServiceSpec, changes: Changes): Problem[] {
  const spec = parsePdServiceSpec(changed(base, changes));
  return spec.ok ? [] : spec.problems;
}
const inSpec = (changes: Changes) => problemsIn(SPEC, changes);

function asked(changes: Changes, profile = h100): Problem[] {
  const spec = planPdService(changed(REQUEST, changes), profile);
  return spec.ok ? [] : spec.problems;
}

const refused = (spec: Changes, profile: Changes = {}) =>
  refuseByProfile(changed(SPEC, spec), changed(h100, profile));

const at = (found: Refusal | undefined): Problem[] =>
  found ? [{ path: 'field', ...found }] : [];

const GPUS_OF_TWO = { 'decode.gpu.count': 2, 'decode.parallelism.tensor': 2 };
const AMD = 'amd.com/gpu';
const ALL_AMD = {
  'decode.gpu.resource': AMD,
  'prefill.gpu.resource': AMD,
  'fabric.kind': 'amd',
  'fabric.transports': undefined,
};
const EFA = {
  'fabric.kind': 'efa',
  'fabric.resource': 'vpc.amazonaws.com/efa',
  'fabric.transports': undefined,
};
const scaled = (more: object = {}) => ({
  replicas: undefined,
  scaling: { minReplicas: 1, maxReplicas: 2, mode: 'wva-hpa', ...more },
});
const scaledPool = (pool: 'decode' | 'prefill', more?: object) => {
  const { replicas, scaling } = scaled(more);
  return { [`${pool}.replicas`]: replicas, [`${pool}.scaling`]: scaling };
};
const nested = (depth: number): unknown =>
  depth === 0 ? 'deep' : { in: nested(depth - 1) };

/** What is refused, by the code that says why. */
export const REFUSED: Record<ProblemCode, () => Problem[]> = {
  textTooLong: () => asked({ title: 'a'.repeat(2_001) }),
  secretInText: () => asked({ title: `hf_${'a1'.repeat(12)}` }),
  controlCharacter: () => asked({ title: 'a\nb' }),
  invisibleCharacter: () => asked({ title: 'a\u200bb' }),
  templateBraces: () => asked({ title: '{{ a }}' }),
  nestedTooDeeply: () => inspectText(nested(20)),
  tooManyEntries: () => inspectText({ list: Array(501).fill('a') }),
  fieldName: () => inspectText({ '{{a}}': 'b' }),

  unknownField: () => asked({ gpus: 8, nodes: 2 }),
  needsText: () => asked({ owner: undefined }),
  needsNumber: () => inSpec({ 'decode.arguments.gpu-memory-utilization': '1' }),
  needsWholeNumber: () => asked({ 'decode.replicas': 1.5 }),
  needsYesOrNo: () => refuseChange({ stopped: 'yes' }),
  needsList: () => asked({ otherClusters: 'gpu-west' }),
  needsFields: () => asked({ prefill: undefined }),
  textTooShort: () => asked({ title: ' ' }),
  textTooLongHere: () => asked({ title: 'a'.repeat(301) }),
  numberTooSmall: () => asked({ 'engine.max-model-len': 1 }),
  numberTooLarge: () => asked({ 'decode.replicas': 1001 }),
  listTooShort: () => inSpec({ 'fabric.networks': [] }),
  listTooLong: () => inSpec({ 'fabric.networks': Array(17).fill('a') }),
  notMultiple: () => refuseChange({ startupBudgetSeconds: 601 }),
  notAnOption: () => asked({ 'engine.dtype': 'int3' }),
  notOfPattern: () =>
    inSpec({ 'pods.huggingFaceToken': { secret: 'hub', key: 'a key' } }),
  noneFits: () => asked({ 'engine.block-size': 7 }),

  dnsLabel: () => asked({ namespace: 'LLM' }),
  objectName: () => inSpec({ 'pods.serviceAccount': 'An Account' }),
  clusterName: () => asked({ cluster: 'gpu east' }),
  extendedResource: () => inSpec({ 'fabric.resource': 'rdma' }),
  labelKey: () => inSpec({ 'pods.tolerations': [{ key: 'a key' }] }),
  labelValue: () => inSpec({ 'pods.nodeSelector': { zone: 'a value' } }),
  cpuQuantity: () => inSpec({ 'decode.cpu.limit': '4 cores' }),
  memoryQuantity: () => inSpec({ 'decode.memory.limit': '64GB' }),
  entityRef: () => asked({ owner: 'a team' }),
  pinnedImage: () => refuseChange({ image: 'ghcr.io/llm-d/llm-d-cuda:latest' }),
  kserveRelease: () => inSpec({ kserveVersion: 'latest' }),
  lifecycle: () => asked({ lifecycle: 'In Production' }),
  servedModelName: () => asked({ 'model.name': 'a name' }),
  adapterName: () =>
    asked({ 'model.lora.adapters': [{ name: 'a b', uri: 'hf://a/b' }] }),
  argumentWord: () => asked({ 'decode.arguments.tool-call-parser': 'a b' }),
  argumentType: () => asked({ 'decode.arguments.seed': null }),
  networkAttachment: () => inSpec({ 'fabric.networks': ['A network'] }),
  rdmaDevices: () => inSpec({ 'fabric.netDevices': 'eth0' }),
  profileMissing: () => asked({ profile: '' }),
  replicasZero: () => asked({ 'decode.replicas': 0 }),
  requestAboveLimit: () => inSpec({ 'decode.memory.request': '64Gi' }),

  nameMissing: () => at(refuseServiceName('')),
  nameTooLong: () => at(refuseServiceName('a'.repeat(39))),
  nameCharacters: () => [
    ...at(refuseServiceName('my_model')),
    ...at(refuseServiceName('ö')),
  ],
  nameDot: () => at(refuseServiceName('qwen2.5')),
  nameDigitFirst: () => at(refuseServiceName('7b-model')),
  nameDash: () => at(refuseServiceName('-model')),
  nameUpperCase: () => at(refuseServiceName('Model')),

  uriForm: () => at(refuseModelUri('model')),
  uriNoScheme: () => at(refuseModelUri('Qwen/Qwen3-32B')),
  uriScheme: () => at(refuseModelUri('ftp://host/model')),
  uriDots: () => at(refuseModelUri('pvc://claim/../model')),
  uriMalformed: () => at(refuseModelUri('hf://Qwen')),
  adapterNameTaken: () =>
    inSpec({
      'model.lora.adapters': [
        { name: 'sql', uri: 'hf://Qwen/a' },
        { name: 'sql', uri: 'hf://Qwen/b' },
      ],
    }),

  argumentNotShared: () => asked({ 'engine.max-num-seqs': 8 }),
  argumentNotOfPool: () => asked({ 'decode.arguments.dtype': 'auto' }),
  prefixCachingContradiction: () =>
    inSpec({
      'decode.arguments': {
        'enable-prefix-caching': true,
        'no-enable-prefix-caching': true,
      },
    }),

  minimumAboveMaximum: () => inSpec(scaledPool('decode', { minReplicas: 3 })),
  triggersMissing: () => inSpec(scaledPool('decode', { mode: 'keda' })),
  triggersElsewhere: () =>
    inSpec(scaledPool('decode', { triggers: [{ type: 'cpu', metadata: {} }] })),
  variantCostElsewhere: () =>
    inSpec(scaledPool('decode', { mode: 'keda', variantCost: '1' })),
  replicasAndScaling: () => inSpec({ 'decode.scaling': scaled().scaling }),
  replicasMissing: () => inSpec({ 'decode.replicas': undefined }),
  dataParallelismMissing: () => inSpec({ 'decode.multiNode': true }),
  ranksNotSpread: () =>
    inSpec({
      'decode.multiNode': true,
      'decode.parallelism': { tensor: 1, data: 3, dataLocal: 2 },
    }),
  pipelineOverNodes: () =>
    inSpec({
      'decode.multiNode': true,
      'decode.parallelism': { tensor: 1, data: 4, dataLocal: 2, pipeline: 2 },
    }),
  dataOnOneNode: () => inSpec({ 'decode.parallelism.data': 2 }),
  gpuCountMismatch: () => inSpec({ 'decode.gpu.count': 2 }),
  parallelismWithoutGpus: () =>
    problemsIn(ON_CPU, { 'decode.parallelism.tensor': 2 }),
  cpuCacheWithGpus: () => inSpec({ 'decode.cpuKvCacheGiB': 4 }),

  tcpHasNoSuchField: () =>
    inSpec({ fabric: { kind: 'none', resource: 'rdma/roce_gdr' } }),
  rdmaResourceMissing: () => inSpec({ 'fabric.resource': undefined }),
  efaResource: () => inSpec({ ...EFA, 'fabric.resource': 'rdma/roce_gdr' }),
  efaResourceElsewhere: () =>
    inSpec({ 'fabric.resource': 'vpc.amazonaws.com/efa' }),
  attachmentMissing: () =>
    inSpec({
      'fabric.resource': 'openshift.io/roce',
      'fabric.networks': undefined,
    }),
  efaWithoutUcx: () => inSpec({ ...EFA, 'fabric.gidIndex': 3 }),
  transportFallsBack: () => inSpec({ 'fabric.transports': 'rc,tcp' }),
  transportUnknown: () => inSpec({ 'fabric.transports': 'rc,ip' }),
  transportNeedsUd: () => inSpec({ 'fabric.transports': 'rc_x,cuda_copy' }),
  transportsWithoutRdma: () => inSpec({ 'fabric.transports': 'sm,cuda_copy' }),
  rocmElsewhere: () => inSpec({ 'fabric.transports': 'rc,rocm_copy' }),
  cudaElsewhere: () =>
    inSpec({ ...ALL_AMD, 'fabric.transports': 'rc,cuda_copy' }),
  gpuCopyMissing: () => [
    ...inSpec({ 'fabric.transports': 'rc,sm' }),
    ...inSpec({ ...ALL_AMD, 'fabric.transports': 'rc,sm' }),
  ],
  transportsOfTcp: () =>
    inSpec({ fabric: { kind: 'none', transports: 'rc,cuda_copy' } }),

  kserveTooOld: () => inSpec({ kserveVersion: '0.17' }),
  gpusDiffer: () => inSpec({ 'prefill.gpu.resource': AMD }),
  amdFabricNeedsAmdGpus: () => inSpec({ 'fabric.kind': 'amd' }),
  amdGpusNeedAmdFabric: () => inSpec({ ...ALL_AMD, 'fabric.kind': 'roce' }),
  noGpusNeedTcp: () => problemsIn(ON_CPU, { fabric: SPEC.fabric }),
  prefillAboveDecode: () =>
    inSpec({
      'prefill.gpu.count': 2,
      'prefill.parallelism.tensor': 2,
      'pods.sharedMemory': '8Gi',
    }),
  scalingDiffers: () =>
    inSpec({
      ...scaledPool('decode'),
      ...scaledPool('prefill', { mode: 'wva-keda' }),
    }),
  kedaTooEarly: () =>
    inSpec(
      scaledPool('decode', {
        mode: 'keda',
        triggers: [{ type: 'cpu', metadata: {} }],
      }),
    ),
  efaNeedsLibfabric: () => inSpec({ ...EFA, 'kvTransfer.backends': ['UCX'] }),
  libfabricElsewhere: () => inSpec({ 'kvTransfer.backends': ['LIBFABRIC'] }),
  bufferWithoutGpus: () =>
    problemsIn(ON_CPU, { 'kvTransfer.bufferDevice': 'cuda' }),
  portTaken: () => inSpec({ 'kvTransfer.sideChannelPort': 8000 }),
  memoryTaken: () =>
    inSpec({ 'decode.memory': { request: '1Gi', limit: '1Gi' } }),
  memoryTakenByCache: () => inSpec({ 'kvTransfer.offloading.cpu': '64Gi' }),
  sharedMemoryTooSmall: () =>
    inSpec({ ...GPUS_OF_TWO, 'pods.sharedMemory': '2Gi' }),
  clusterTwice: () => asked({ otherClusters: [{ cluster: 'gpu-east' }] }),
  replicasScaled: () => [
    ...inSpec({
      ...scaledPool('decode'),
      otherClusters: [{ cluster: 'gpu-west', decodeReplicas: 2 }],
    }),
    ...inSpec({
      ...scaledPool('prefill'),
      otherClusters: [{ cluster: 'gpu-west', prefillReplicas: 2 }],
    }),
  ],

  otherProfile: () => asked({ profile: 'other' }),
  clusterNotOffered: () => asked({ cluster: 'elsewhere' }),
  namespaceNotOffered: () => asked({ namespace: 'elsewhere' }),
  ownerNotOffered: () => asked({ owner: 'group:default/others' }),
  modelNotOffered: () =>
    asked({ model: { uri: 'hf://facebook/opt-125m', name: 'opt' } }),
  imageNotOffered: () =>
    refused(
      { 'pods.image': 'example.org/vllm' },
      { 'images.allowed': ['ghcr.io/llm-d/'] },
    ),
  noImageOffered: () => refused({ 'pods.image': 'example.org/vllm' }),
  tooManyReplicas: () => asked({ 'decode.replicas': 9 }),
  tooManyGpus: () => refused({}, { 'limits.maxGpus': 2 }),
  tooManyGpusPerPod: () =>
    refused({ 'decode.gpu.count': 2 }, { 'limits.maxGpusPerPod': 1 }),
  otherRdma: () =>
    refuseChange({ rdma: { resource: 'rdma/x' } }, { profile: h100 }),
  noRdma: () =>
    refuseChange({ rdma: { resource: 'rdma/x' } }, { profile: cpu }),

  labelsInPlace: () => refuseChange({ labels: {} }),
  parallelismInPlace: () => refuseChange({ parallelism: {} }),
  nodesInPlace: () => refuseChange({ decode: { multiNode: true } }),
  modelInPlace: () => refuseChange({ model: {} }),
};
