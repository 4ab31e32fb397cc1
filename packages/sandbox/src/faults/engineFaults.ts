import { podAddress } from '../kserve/nodes/network';
import { ContainerTrouble, Fault } from './Fault';
import { editEngine, editPools } from './manifestEdits';

const WRAPPER =
  '(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}';

/** The engine does not start, or stops serving. */
export const ENGINE_FAULTS: Fault[] = [
  {
    id: 'host-memory-exceeded',
    title: 'The engine is killed at its memory limit',
    targets: ['decode'],
    container: {
      name: 'main',
      trouble: () => ({
        kind: 'exit',
        afterSeconds: 120,
        exitCode: 137,
        reason: 'OOMKilled',
        lines: [],
      }),
    },
    strikes: 'restart',
  },
  crash('gpu-memory-exceeded', 'The weights do not fit into the GPU', 60, [
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 896.00 MiB. GPU 0 has a total capacity of 79.11 GiB of which 412.69 MiB is free.',
  ]),
  crash('gpu-not-empty', 'Something else holds memory of the GPU', 20, [
    'ValueError: Free memory on device cuda:0 (31.62/79.11 GiB) on startup is less than desired GPU memory utilization (0.92, 72.78 GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes.',
  ]),
  crash('kv-cache-too-small', 'No room is left for the KV cache', 110, [
    "ValueError: To serve at least one request with the models's max seq len (131072), (16.0 GiB KV cache is needed, which is larger than the available KV cache memory (9.41 GiB). Based on the available memory, the estimated maximum model length is 77072.",
  ]),
  crash(
    'tensor-parallel-indivisible',
    'The attention heads do not divide by the tensor parallel size',
    15,
    [
      'ValueError: Total number of attention heads (28) must be divisible by tensor parallel size (8).',
    ],
  ),
  {
    ...crash(
      'shared-memory-too-small',
      'The shared memory is too small',
      40,
      [],
    ),
    container: {
      name: 'main',
      trouble: () =>
        exits(135, 40, [
          'ERROR: Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm).',
        ]),
    },
  },
  {
    ...crash(
      'engine-argument-invalid',
      'The engine does not know a flag',
      8,
      [],
    ),
    container: {
      name: 'main',
      trouble: () =>
        exits(2, 8, [
          'usage: vllm serve [model_tag] [options]',
          'vllm serve: error: unrecognized arguments: --max-num-batch-tokens 8192',
        ]),
    },
  },
  {
    id: 'startup-budget-exceeded',
    title: 'Loading takes longer than the startup probe allows',
    targets: ['decode', 'prefill'],
    container: { name: 'main', trouble: () => ({ kind: 'hang' }) },
    strikes: 'recreate',
  },
  {
    id: 'probe-misconfigured',
    title: 'The liveness probe asks over HTTPS while TLS is off',
    targets: ['decode', 'prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => ({
          ...main,
          livenessProbe: {
            httpGet: { path: '/health', port: 8000, scheme: 'HTTPS' },
            initialDelaySeconds: 120,
            periodSeconds: 30,
            timeoutSeconds: 30,
            failureThreshold: 5,
          },
        })),
      ),
    strikes: 'redeploy',
  },
  {
    id: 'engine-unresponsive',
    title: 'The engine has stopped answering its health check',
    targets: ['decode'],
    container: {
      name: 'main',
      trouble: pod => {
        const port =
          pod.metadata.labels?.['llm-d.ai/role'] === 'decode' ? 8001 : 8000;
        return {
          kind: 'unready',
          message: `Readiness probe failed: Get "http://${podAddress(
            pod,
          )}:${port}/health": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
        };
      },
    },
    strikes: 'running',
  },
  {
    ...crash('engine-crash', 'The engine crashes and does not say why', 45, []),
    container: {
      name: 'main',
      trouble: () => exits(139, 45, ['Fatal Python error: Segmentation fault']),
    },
  },
];

function crash(
  id: string,
  title: string,
  afterSeconds: number,
  causes: string[],
): Fault {
  return {
    id,
    title,
    targets: ['decode'],
    container: {
      name: 'main',
      trouble: () =>
        exits(1, afterSeconds, [
          ...causes.map(
            text => `(EngineCore_0 pid=147) ERROR [core.py:889] ${text}`,
          ),
          WRAPPER,
        ]),
    },
    strikes: 'restart',
  };
}

function exits(
  exitCode: number,
  afterSeconds: number,
  lines: string[],
): ContainerTrouble {
  return { kind: 'exit', afterSeconds, exitCode, reason: 'Error', lines };
}
