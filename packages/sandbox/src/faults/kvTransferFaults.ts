import {
  engineId,
  transferFailure,
  vllmStamp,
} from '../kserve/engine/vllmLines';
import { Pod, ResourceList } from '../kserve/kinds';
import { digest } from '../kserve/names';
import { rdmaDevice } from '../kserve/nodes/network';
import { Fault, FaultTarget } from './Fault';
import {
  editArguments,
  editEngine,
  editEnv,
  editPools,
  without,
  withValue,
} from './manifestEdits';

const PEER = '10.128.3.50';

/** The KV cache does not move, or not as it was meant to. */
export const KV_TRANSFER_FAULTS: Fault[] = [
  {
    id: 'kv-connector-missing',
    title: 'The engines have no KV connector: every prompt is computed twice',
    targets: ['decode', 'prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main =>
          editArguments(main, args =>
            args.replace(/--kv[-_]transfer[-_]config[= ]'[^']*'/, ''),
          ),
        ),
      ),
    strikes: 'reconcile',
  },
  {
    id: 'kv-role-mismatch',
    title: 'Both pools produce KV cache and none consumes it',
    targets: ['decode'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main =>
          editArguments(main, args =>
            args.replace(/kv_consumer/, 'kv_producer'),
          ),
        ),
      ),
    traffic: { transferShare: 0 },
    strikes: 'reconcile',
  },
  crash(
    'nixl-unavailable',
    'The image has no NIXL',
    ['decode'],
    12,
    (pod, now) => [
      `${vllmStamp(now, 'WARNING', '__init__.py:22')} NIXL is not available`,
      `${vllmStamp(
        now,
        'ERROR',
        'core.py:889',
      )} RuntimeError: NIXL is not available (${pod.metadata.name})`,
    ],
  ),
  {
    id: 'side-channel-host-unset',
    title: 'The side channel is announced as localhost',
    targets: ['decode', 'prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main =>
          editEnv(main, env => without(env, 'VLLM_NIXL_SIDE_CHANNEL_HOST')),
        ),
      ),
    strikes: 'reconcile',
  },
  chatter(
    'side-channel-unreachable',
    'The pools cannot reach each other on the side channel',
    {
      failureShare: 1,
      lines: (pod, now) => [
        transferFailure(pod, now, 'handshake_setup_failed', PEER),
        `${vllmStamp(
          now,
          'ERROR',
          'base_worker.py:1432',
        )} zmq.error.Again: Resource temporarily unavailable`,
      ],
    },
  ),
  chatter('kv-transfer-failing', 'One transfer in ten fails', {
    failureShare: 0.1,
    lines: (pod, now) => [
      transferFailure(pod, now, 'transfer_failed', PEER),
      `${vllmStamp(
        now,
        'ERROR',
        'base_worker.py:1432',
      )} nixl._bindings.nixlBackendError: NIXL_ERR_BACKEND`,
    ],
  }),
  chatter(
    'kv-compatibility-mismatch',
    'The engines of the pools do not fit together',
    {
      failureShare: 1,
      lines: (pod, now) => [
        transferFailure(pod, now, 'handshake_failed', PEER),
        `${vllmStamp(
          now,
          'ERROR',
          'base_worker.py:1402',
        )} RuntimeError: NIXL compatibility hash mismatch. Local: ${digest(
          'local',
          64,
        )}, Remote: ${digest(
          'remote',
          64,
        )}. Prefill and decode instances have incompatible configurations.`,
      ],
    },
  ),
  chatter(
    'kv-parallelism-unsupported',
    'The block sizes of the pools do not divide',
    {
      failureShare: 1,
      lines: (pod, now) => [
        transferFailure(pod, now, 'transfer_setup_failed', PEER),
        `${vllmStamp(
          now,
          'ERROR',
          'nixl_connector.py:1120',
        )} AssertionError: Local block size 128 is not divisible by remote block size 96`,
      ],
    },
  ),
  {
    id: 'kv-blocks-expired',
    title: 'Prefill gives KV blocks up before decode pulls them',
    targets: ['prefill'],
    logs: {
      container: 'main',
      lines: (pod, now) => [
        `${vllmStamp(
          now,
          'WARNING',
          'base_worker.py:1711',
        )} Releasing expired KV blocks for request cmpl-${engineId(pod).slice(
          0,
          8,
        )}-0 which were retrieved by 0 decode worker(s) within 480 seconds.`,
      ],
    },
    traffic: { expiredShare: 0.1 },
    strikes: 'running',
  },
  chatter('kv-blocks-invalid', 'Decode may have read blocks that were freed', {
    lines: (pod, now) => [
      `${vllmStamp(
        now,
        'ERROR',
        'base_worker.py:1688',
      )} Potentially invalid KV blocks for unrecognized request cmpl-${engineId(
        pod,
      ).slice(0, 8)}-0 were retrieved by a remote worker.`,
    ],
  }),
  crash(
    'memlock-limit',
    'The container runtime allows too little locked memory',
    ['decode'],
    45,
    (pod, now) => [
      `[1795341364.101882] [${pod.metadata.name}:147  :0]          ib_md.c:316  UCX  ERROR ibv_reg_mr(address=0x7f2c4e000000, length=2147483648, access=0xf) failed: Cannot allocate memory : Please set max locked memory (ulimit -l) to 'unlimited' (current: 8192 kbytes)`,
      `${vllmStamp(
        now,
        'ERROR',
        'core.py:889',
      )} nixl._bindings.nixlBackendError: NIXL_ERR_BACKEND`,
    ],
  ),
  crash(
    'ucx-device-unavailable',
    'UCX is told to use a device that is not there',
    ['decode'],
    30,
    pod => [
      `[1795341364.101882] [${
        pod.metadata.name
      }:147  :0]     ucp_context.c:1508 UCX  WARN  network device 'mlx5_9:1' is not available, please use one or more of: 'eth0'(tcp), '${rdmaDevice(
        pod,
      )}:1'(ib)`,
      `[1795341364.101934] [${pod.metadata.name}:147  :0]     ucp_context.c:1770 UCX  ERROR no usable transports/devices (asked rc,sm,self,cuda_copy,cuda_ipc on network:mlx5_9:1)`,
    ],
  ),
  crash(
    'ucx-transport-unavailable',
    'The image has no RDMA transports',
    ['decode'],
    30,
    pod => [
      `[1795341364.101882] [${pod.metadata.name}:147  :0]     ucp_context.c:1508 UCX  WARN  transport 'rc' is not available, please use one or more of: cma, cuda_copy, cuda_ipc, posix, self, sysv, tcp`,
      `[1795341364.101934] [${pod.metadata.name}:147  :0]       select.c:640  UCX  ERROR no remote registered memory access transport to ${pod.metadata.name}`,
    ],
  ),
  {
    id: 'ucx-transports-misconfigured',
    title: 'The list of UCX transports lacks the GPU transports and has TCP',
    targets: ['decode'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main =>
          editEnv(main, env => withValue(env, 'UCX_TLS', 'rc,tcp,sm,self')),
        ),
      ),
    strikes: 'reconcile',
  },
  {
    id: 'rdma-not-requested',
    title: 'The pool means to use RDMA and requests no device',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => ({
          ...main,
          resources: {
            limits: withoutRdma(main.resources?.limits),
            requests: withoutRdma(main.resources?.requests),
          },
        })),
      ),
    strikes: 'reconcile',
  },
  {
    id: 'rdma-fallback-tcp',
    title: 'UCX chose TCP between the nodes: everything works, slowly',
    targets: ['decode', 'prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => editEnv(main, env => without(env, 'UCX_TLS'))),
      ),
    traffic: { fabric: 'tcp', bytesPerSecond: 276e6 },
    strikes: 'reconcile',
  },
  {
    id: 'roce-inference-failed',
    title: 'The RoCE device in the pods has no usable address',
    targets: ['decode'],
    withoutGid: true,
    strikes: 'recreate',
  },
  chatter('stale-kv-agent', 'Decode still knows a prefill pod that is gone', {
    failureShare: 0.5,
    lines: (pod, now) => [
      transferFailure(pod, now, 'handshake_setup_failed', PEER),
      `${vllmStamp(
        now,
        'ERROR',
        'base_worker.py:1432',
      )} RuntimeError: Remote NIXL agent engine ID mismatch. Expected ${engineId(
        pod,
      )},received ${digest('stale', 8)}-7a5c-4a6a-9d29-6d1b0d4a3c22.`,
    ],
  }),
  {
    id: 'mixed-pool-versions',
    title: 'The pools run different images',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => ({
          ...main,
          image: 'ghcr.io/llm-d/llm-d-cuda:v0.8.0',
        })),
      ),
    strikes: 'reconcile',
  },
  {
    id: 'prefill-bypassed',
    title: 'Requests go through prefill and decode pulls nothing',
    targets: ['decode'],
    traffic: { transferShare: 0 },
    strikes: 'running',
  },
];

function withoutRdma(list: ResourceList = {}): ResourceList {
  return Object.fromEntries(
    Object.entries(list).filter(([resource]) => !/^rdma\//.test(resource)),
  );
}

/** The engine ends while it starts. */
function crash(
  id: string,
  title: string,
  targets: FaultTarget[],
  afterSeconds: number,
  lines: (pod: Pod, now: Date) => string[],
): Fault {
  return {
    id,
    title,
    targets,
    container: {
      name: 'main',
      trouble: (pod, now) => ({
        kind: 'exit',
        afterSeconds,
        exitCode: 1,
        reason: 'Error',
        lines: [
          ...lines(pod, now),
          '(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}',
        ],
      }),
    },
    strikes: 'restart',
  };
}

/** Decode goes on serving and writes what is wrong. */
function chatter(
  id: string,
  title: string,
  options: {
    failureShare?: number;
    lines: (pod: Pod, now: Date) => string[];
  },
): Fault {
  return {
    id,
    title,
    targets: ['decode'],
    logs: { container: 'main', lines: options.lines },
    traffic:
      options.failureShare === undefined
        ? {}
        : { failureShare: options.failureShare },
    strikes: 'running',
  };
}
