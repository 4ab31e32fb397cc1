import { MAIN_CONTAINER } from '../../resource/containers';
import { asText, field } from '../../resource/unknown';
import type { PoolFacts } from '../facts/Facts';
import { evidence } from '../quote';
import { memoryLimitEvidence } from '../remedies/limits';
import { findFailed, isReadyAgain } from '../stages/failedText';
import type { CauseDefinition } from './CauseDefinition';
import { containerOf, inPod, mainOf, specOf, templateOf, word } from './words';

/** What stops an engine, by the last words of container `main` and its exit. */
export const engineCauses: CauseDefinition[] = [
  {
    id: 'host-memory-exceeded',
    severity: 'Critical',
    step: 'crash',
    title: 'Memory limit exceeded',
    podsSummary: ({ detail }) =>
      detail.evicted
        ? 'were evicted: their node ran out of memory'
        : `ran out of memory: container ${detail.container} was killed at its limit`,
    explanation: ({ detail }) =>
      detail.evicted
        ? 'The node ran low on memory and removed the pods, because they used more than they had requested. Weights are staged in memory while they load, and /dev/shm counts too.'
        : `The kernel killed container ${
            detail.container
          } because it used more memory than its limit${
            detail.limit ? ` of ${detail.limit}` : ''
          }.${
            detail.container === MAIN_CONTAINER
              ? ' Weights are staged in memory while they load, and /dev/shm counts too.'
              : ''
          }`,
    remedy: cause =>
      cause.detail.evicted
        ? `Raise ${containerOf(
            cause,
          )}.resources.requests.memory to what the engine uses, and limits.memory with it: nodes then keep that much free.`
        : `Raise ${containerOf(cause)}.resources.limits.memory of this pool.`,
    findInPod(pod, pool, facts) {
      if (
        pod.reason === 'Evicted' &&
        /low on resource: memory/i.test(pod.message)
      ) {
        return inPod(
          pod,
          [evidence('ContainerStatus', `Pod/${pod.name}`, pod.message)],
          { detail: { container: MAIN_CONTAINER, evicted: 'yes' } },
        );
      }
      const found = findFailed(
        pod,
        facts,
        (_container, _exitCode, reason) => reason === 'OOMKilled',
      );
      if (!found) {
        return undefined;
      }
      const { container, failure } = found;
      const limit = memoryLimit(pool, container.name);
      return inPod(
        pod,
        [
          evidence(
            'ContainerStatus',
            `Pod/${pod.name}`,
            `${container.name}: OOMKilled, exit code ${
              failure.exitCode ?? 'unknown'
            }`,
            failure.finishedAt,
          ),
          ...(pool.engine && limit
            ? [memoryLimitEvidence(pool.engine.object, limit)]
            : []),
        ],
        {
          detail: {
            container: container.name,
            init: container.init ? 'yes' : undefined,
            limit,
          },
          severity: isReadyAgain(container) ? 'Warning' : undefined,
        },
      );
    },
  },
  {
    id: 'gpu-memory-exceeded',
    severity: 'Critical',
    step: 'crash',
    title: 'GPU memory exceeded',
    podsSummary: 'ran out of GPU memory',
    explanation:
      'The model, its activations or its KV blocks need more GPU memory than the GPUs of one pod have.',
    remedy: cause =>
      `Raise ${specOf(
        cause,
      )}.parallelism.tensor together with the GPU limit, or lower --max-num-seqs, --max-num-batched-tokens or --gpu-memory-utilization in VLLM_ADDITIONAL_ARGS of ${mainOf(
        cause,
      )}.`,
    findInText: {
      of: 'engine',
      patterns: [
        /CUDA out of memory|torch\.(?:cuda\.)?OutOfMemoryError|HIP out of memory|CUDA error: out of memory|OutOfMemoryError: Tried to allocate/i,
      ],
    },
  },
  {
    id: 'gpu-not-empty',
    severity: 'Critical',
    step: 'crash',
    title: 'The GPU is used by something else',
    podsSummary: ({ detail }) =>
      `could not start: only ${detail.free} of ${detail.total} GiB GPU memory are free`,
    explanation: ({ detail }) =>
      `The engine wants ${detail.wanted} GiB of GPU memory (a share of ${detail.share}) and found ${detail.free} of ${detail.total} GiB free: another process holds memory of this GPU.`,
    remedy: cause =>
      `Find the other process (an old pod that still ends, or GPU time slicing), or lower --gpu-memory-utilization in VLLM_ADDITIONAL_ARGS of ${mainOf(
        cause,
      )}.`,
    findInText: {
      of: 'engine',
      patterns: [
        /Free memory on device(?: \S+)? \(([\d.]+)\/([\d.]+) GiB\) on startup is less than desired GPU memory utilization \(([\d.]+), ([\d.]+) GiB\)/i,
      ],
      detail: ([, free, total, share, wanted]) => ({
        free,
        total,
        share,
        wanted,
      }),
    },
  },
  {
    id: 'kv-cache-too-small',
    severity: 'Critical',
    step: 'crash',
    title: 'Not enough GPU memory for one request',
    podsSummary: ({ detail }) =>
      detail.length
        ? `could not start: one request of ${detail.length} tokens does not fit into the KV cache`
        : 'could not start: no GPU memory is left for the KV cache',
    explanation: ({ detail }) =>
      detail.needed
        ? `One request of the maximum length of ${detail.length} tokens needs ${detail.needed} GiB of KV cache, and ${detail.available} GiB are left beside the weights.`
        : 'Beside the weights too little GPU memory is left for the KV cache of one request of the maximum length.',
    remedy: cause =>
      `Set --max-model-len ${word(
        cause,
        'suggested',
        'to a smaller value',
      )} in VLLM_ADDITIONAL_ARGS of ${mainOf(
        cause,
      )} (the same in both pools), or raise ${specOf(
        cause,
      )}.parallelism.tensor together with the GPU limit.`,
    findInText: {
      of: 'engine',
      patterns: [
        /To serve at least one request with the models?'?s? max seq len \((\d+)\),? \(?([\d.]+) GiB KV cache is needed, which is larger than the available KV cache memory \(([\d.-]+) GiB\)(?:.*?estimated maximum model length is (\d+))?/i,
        /No available memory for the cache blocks/i,
        /The model's max seq len \((\d+)\) is larger than the maximum number of tokens that can be stored in KV cache \((\d+)\)/i,
      ],
      detail: match =>
        match.length === 3
          ? { length: match[1], suggested: match[2] }
          : {
              length: match[1],
              needed: match[2],
              available: match[3],
              suggested: match[4],
            },
    },
  },
  {
    id: 'tensor-parallel-indivisible',
    severity: 'Critical',
    step: 'crash',
    title: 'Tensor parallelism does not divide the model',
    podsSummary: ({ detail }) =>
      detail.heads
        ? `could not start: ${detail.heads} attention heads cannot be split over ${detail.tensor} GPUs`
        : 'could not start: the model cannot be split over that many GPUs',
    explanation: ({ detail }) =>
      detail.heads
        ? `The model has ${detail.heads} attention heads, which are not divisible by the tensor parallel size ${detail.tensor}.`
        : 'A dimension of the model is not divisible by the tensor parallel size.',
    remedy: cause =>
      `Set ${specOf(cause)}.parallelism.tensor to a divisor of ${word(
        cause,
        'heads',
        "the model's attention heads",
      )}, and the GPU limit to the same number.`,
    findInText: {
      of: 'engine',
      patterns: [
        /Total number of attention heads \((\d+)\) must be divisible by tensor parallel size \((\d+)\)/i,
        /(?:num_heads|vocab|intermediate)\S* .*divisible by (?:tp|tensor)/i,
      ],
      detail: ([, heads, tensor]) => ({ heads, tensor }),
    },
  },
  {
    id: 'shared-memory-too-small',
    severity: 'Critical',
    step: 'crash',
    title: 'Shared memory is too small',
    podsSummary: 'crashed: /dev/shm is too small',
    explanation:
      'Worker processes of one engine exchange data through /dev/shm, and the volume behind it is full. The preset gives it 1Gi.',
    remedy: cause =>
      `Override the volume named dshm in ${templateOf(
        cause,
      )}.volumes (emptyDir: {medium: Memory, sizeLimit: 16Gi}), and raise the memory limit of container main by as much: the volume counts.`,
    findInText: {
      of: 'engine',
      patterns: [
        /\/dev\/shm.*(?:No space left|too small)|No space left on device.*\/dev\/shm|Bus error|unable to (?:open|write).*shared memory|insufficient shared memory \(shm\)/i,
      ],
    },
    findInPod(pod, pool, facts) {
      const found =
        (pool.engine?.tensor ?? 1) > 1
          ? findFailed(
              pod,
              facts,
              (container, exitCode) =>
                container.name === MAIN_CONTAINER && exitCode === 135,
            )
          : undefined;
      return (
        found &&
        inPod(pod, [
          evidence(
            'ContainerStatus',
            `Pod/${pod.name}`,
            'main: exit code 135 (bus error)',
            found.failure.finishedAt,
          ),
        ])
      );
    },
  },
  {
    id: 'engine-argument-invalid',
    severity: 'Critical',
    step: 'crash',
    title: 'The engine refuses its arguments',
    podsSummary: 'could not start: the engine refuses its arguments',
    explanation:
      'A flag is unknown to this vLLM version, a value has the wrong type, or quotes were lost: the start script runs the arguments through eval.',
    remedy: cause =>
      `Correct VLLM_ADDITIONAL_ARGS (or args) of ${mainOf(
        cause,
      )}; put JSON in single quotes, as in --kv-transfer-config '{"kv_connector":…}'.`,
    findInText: {
      of: 'engine',
      patterns: [
        /error: (?:unrecognized arguments|argument \S+|the following arguments are required|ambiguous option)/i,
        /vllm serve: error:/i,
        /(?:json|JSONDecodeError).*kv[-_]transfer/i,
        /cannot be converted to|pydantic_core\._pydantic_core\.ValidationError/i,
        /bash: .*(?:unexpected EOF|syntax error)/i,
      ],
    },
  },
];

function memoryLimit(pool: PoolFacts, container: string): string | undefined {
  return container === MAIN_CONTAINER
    ? asText(field(pool.engine?.container, 'resources', 'limits', 'memory'))
    : undefined;
}
