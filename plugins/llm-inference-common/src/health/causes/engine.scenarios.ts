import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  containerOf,
  crashes,
  evicted,
  runsUnready,
  turnsUnready,
  type Ending,
} from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';

/** The engine of decode crashes with these last words. */
const says =
  (message: string, more: Ending = {}) =>
  (s: ServiceBuilder) =>
    s.pods.decode.forEach(pod => crashes(pod, { message, ...more }));

const FAILED =
  '\n(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}\n';
const E = '(EngineCore_0 pid=147) ERROR 11-22 09:56:04 [core.py:889] ';
const LONG =
  "ValueError: To serve at least one request with the models's max seq len (131072), (16.00 GiB KV cache is needed, which is larger than the available KV cache memory (9.34 GiB). Based on the available memory, the estimated maximum model length is 76512. Try increasing `gpu_memory_utilization` or decreasing `max_model_len` when initializing the engine.";

export const engineScenarios = [
  root(
    'host-memory-exceeded',
    'the sidecar is killed at its limit',
    says('', {
      reason: 'OOMKilled',
      exitCode: 137,
      container: 'llm-d-routing-sidecar',
    }),
  ),
  root('host-memory-exceeded', 'the node runs out of memory and evicts', s =>
    s.pods.prefill.forEach(pod =>
      evicted(
        pod,
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. Container main was using 66Gi, request is 32Gi.',
      ),
    ),
  ),
  nearMiss(
    'host-memory-exceeded',
    'exit 137 without that reason is a kill by someone else',
    says('', { exitCode: 137 }),
  ),
  root(
    'gpu-memory-exceeded',
    'CUDA is out of memory',
    says(
      `${E}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.90 GiB. GPU 0 has a total capacity of 79.10 GiB of which 1.91 GiB is free.${FAILED}`,
    ),
  ),
  root(
    'gpu-memory-exceeded',
    'a UCX warning above it is not the cause',
    says(
      `[1795341364.101882] [qwen:147  :0]  ucp_context.c:1508 UCX  WARN  transports 'dc' are not available, please use one or more of: cuda_copy, rc, self, sm\n${E}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.90 GiB.${FAILED}`,
    ),
  ),
  nearMiss(
    'gpu-memory-exceeded',
    'registering memory fails for another limit',
    says(
      "[1795341364.101882] [qwen:147 :0] ib_md.c:316 UCX ERROR ibv_reg_mr(address=0x7f) failed: Cannot allocate memory : Please set max locked memory (ulimit -l) to 'unlimited' (current: 64 kbytes)\nCUDA error: out of memory",
    ),
  ),
  root(
    'gpu-not-empty',
    'another process holds the GPU',
    says(
      `${E}ValueError: Free memory on device cuda:0 (14.31/79.10 GiB) on startup is less than desired GPU memory utilization (0.9, 71.19 GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes.${FAILED}`,
    ),
  ),
  root(
    'gpu-not-empty',
    'older wording names no device',
    says(
      'ValueError: Free memory on device (14.31/79.10 GiB) on startup is less than desired GPU memory utilization (0.9, 71.19 GiB).',
    ),
  ),
  nearMiss(
    'gpu-not-empty',
    'the GPU is empty and too small',
    says(
      'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
    ),
  ),
  root(
    'kv-cache-too-small',
    'one long request does not fit',
    says(`${E}${LONG}${FAILED}`),
  ),
  root(
    'kv-cache-too-small',
    'wording of vLLM 0.2',
    says(
      "ValueError: The model's max seq len (32768) is larger than the maximum number of tokens that can be stored in KV cache (14224). Try increasing `gpu_memory_utilization` or decreasing `max_model_len`.",
    ),
  ),
  nearMiss(
    'kv-cache-too-small',
    'the weights themselves do not fit',
    says(
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.02 GiB.',
    ),
  ),
  root(
    'tensor-parallel-indivisible',
    'wrapped in a validation error',
    says(
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for VllmConfig\n  Value error, Total number of attention heads (40) must be divisible by tensor parallel size (3). [type=value_error]',
    ),
  ),
  nearMiss(
    'tensor-parallel-indivisible',
    'another value is refused',
    says(
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for ModelConfig\n  Value error, User-specified max_model_len (262144) is greater than the derived max_model_len',
    ),
  ),
  root(
    'shared-memory-too-small',
    'NCCL cannot grow its segment',
    says(
      'NCCL WARN Error: failed to extend /dev/shm/nccl-Jd7f to 33030532 bytes, error: No space left on device (28)\n/dev/shm/nccl-Jd7f: No space left on device',
    ),
  ),
  root('shared-memory-too-small', 'a bus error with tensor parallelism', s => {
    s.resource.spec.parallelism = { tensor: 2 };
    says('', { exitCode: 135 })(s);
  }),
  nearMiss(
    'shared-memory-too-small',
    'a bus error without tensor parallelism',
    says('', { exitCode: 135 }),
  ),
  root(
    'engine-argument-invalid',
    'a flag of a newer version',
    says(
      'usage: vllm serve [model_tag] [options]\nvllm serve: error: unrecognized arguments: --enable-nano-batch',
      { exitCode: 2 },
    ),
  ),
  root(
    'engine-argument-invalid',
    'the shell took the quotes',
    says(
      'vllm serve: error: argument --kv-transfer-config: Value {kv_connector:NixlConnector,kv_role:kv_consumer} cannot be converted to <function loads at 0x7f>.',
      { exitCode: 2 },
    ),
  ),
  nearMiss(
    'engine-argument-invalid',
    'exit 2 without a word',
    says('', { exitCode: 2 }),
  ),
  root('engine-crash', 'prefill leaves no text', s =>
    s.pods.prefill.forEach(pod => crashes(pod)),
  ),
  root(
    'engine-crash',
    'the sidecar panics',
    says(
      'panic: runtime error: invalid memory address or nil pointer dereference',
      { exitCode: 2, container: 'llm-d-routing-sidecar' },
    ),
  ),
  nearMiss(
    'engine-crash',
    'one restart two hours ago',
    s => {
      const main = containerOf(s.pod('decode'));
      main.restartCount = 1;
      main.lastState = {
        terminated: {
          exitCode: 1,
          reason: 'Error',
          startedAt: ago(200),
          finishedAt: ago(120),
        },
      };
    },
    { verdict: 'Healthy' },
  ),

  root('startup-budget-exceeded', 'the kubelet says so', s => {
    runsUnready(s.pod('decode'), 3);
    containerOf(s.pod('decode')).restartCount = 2;
    s.event(
      s.pod('decode'),
      'Killing',
      'Container main failed startup probe, will be restarted',
      { type: 'Normal', minutes: 4 },
    );
  }),
  root(
    'startup-budget-exceeded',
    'events expired; the last run took the whole budget',
    s => {
      crashes(s.pod('decode'), { exitCode: 143, seconds: 602 });
      Object.assign(containerOf(s.pod('decode')), {
        state: { running: { startedAt: ago(3) } },
      });
    },
  ),
  nearMiss(
    'startup-budget-exceeded',
    'failed startup probes while it loads are normal',
    s => {
      s.workloads.prefill.status.conditions = [];
      s.pods.prefill.forEach(pod => {
        runsUnready(pod, 4);
        s.event(
          pod,
          'Unhealthy',
          'Startup probe failed: Get "http://10.128.0.10:8000/health": dial tcp 10.128.0.10:8000: connect: connection refused',
        );
      });
    },
    { verdict: 'Progressing' },
  ),
  root('probe-misconfigured', "the upstream sample's HTTPS probe", s => {
    const pod = s.pod('prefill');
    containerOf(pod).restartCount = 3;
    s.event(
      pod,
      'Unhealthy',
      'Liveness probe failed: Get "https://10.128.0.11:8000/health": http: server gave HTTP response to HTTPS client',
      { minutes: 2 },
    );
    s.event(
      pod,
      'Killing',
      'Container main failed liveness probe, will be restarted',
      { type: 'Normal', minutes: 2 },
    );
  }),
  nearMiss(
    'probe-misconfigured',
    'an engine that hung once was restarted in time',
    s => {
      s.event(
        s.pod('decode'),
        'Killing',
        'Container main failed liveness probe, will be restarted',
        { type: 'Normal', minutes: 300 },
      );
    },
    { verdict: 'Healthy' },
  ),
  root(
    'engine-unresponsive',
    'decode served and answers 503 now',
    s => {
      turnsUnready(s.pod('decode'));
      s.event(
        s.pod('decode'),
        'Unhealthy',
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'engine-unresponsive',
    'a short time-out; the pod is ready',
    s =>
      s.event(
        s.pod('decode'),
        'Unhealthy',
        'Readiness probe failed: Get "http://10.128.0.10:8001/health": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      ),
    { verdict: 'Healthy' },
  ),
];
