import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  containerOf,
  crashes,
  makeYoung,
  runsUnready,
  setCondition,
} from '../__testUtils__/podFaults';
import { measure } from '../__testUtils__/measure';
import {
  ago,
  makePod,
  type ServiceBuilder,
} from '../__testUtils__/ServiceBuilder';

const P = '(EngineCore_0 pid=147) ERROR 11-22 09:57:20 [base_worker.py:1432] ';
const OLD =
  '(EngineCore_0 pid=147) ERROR 11-21 04:57:20 [base_worker.py:1432] ';
const HOST = "'remote_host': '10.128.3.36', 'remote_port': 5600}";

/** The first pod of a pool logs these lines. */
const logs =
  (part: 'decode' | 'prefill', ...lines: string[]) =>
  (s: ServiceBuilder) =>
    s.log(s.pod(part), lines.join('\n'));

const failure = (type: string) =>
  `${P}NIXL transfer failure: ${type} | Context: {'failure_type': '${type}', 'request_id': 'cmpl-71a0-0', ${HOST}`;

const connectorFlag = (role: string, connector = 'NixlConnector') =>
  `--kv-transfer-config '{"kv_connector":"${connector}","kv_role":"${role}"}'`;

const NEW_DIGEST = `ghcr.io/llm-d/llm-d-cuda@sha256:${'666fce16'.repeat(8)}`;

export const kvScenarios = [
  root('kv-connector-missing', 'prefill was forgotten', s =>
    s.setEnv('prefill', 'VLLM_ADDITIONAL_ARGS', '--max-model-len 16384'),
  ),
  root('kv-connector-missing', 'only the log of the sidecar shows it', s =>
    s.log(
      s.pod('decode'),
      "2026-11-22T09:59:40Z\tINFO\tproxy server\tproxy/connector_nixlv2.go:283\twarning: missing 'kv_transfer_params' field in prefiller response",
      'llm-d-routing-sidecar',
    ),
  ),
  nearMiss(
    'kv-connector-missing',
    'a newer controller adds the flag to the pods only',
    s => {
      for (const pool of [s.resource.spec, s.resource.spec.prefill]) {
        pool.template.containers[0].env = [];
      }
    },
    { verdict: 'Healthy' },
  ),
  root('kv-role-mismatch', 'both pools are producers', s =>
    s.setEnv('decode', 'VLLM_ADDITIONAL_ARGS', connectorFlag('kv_producer')),
  ),
  root('kv-role-mismatch', 'the connectors differ', s =>
    s.setEnv(
      'prefill',
      'VLLM_ADDITIONAL_ARGS',
      connectorFlag('kv_producer', 'MooncakeConnector'),
    ),
  ),
  root('kv-role-mismatch', 'the sidecar speaks another protocol', s =>
    s.pods.decode.forEach(pod => {
      pod.spec.initContainers[1].command = [
        '/app/pd-sidecar',
        '--kv-connector=shared-storage',
      ];
    }),
  ),
  nearMiss(
    'kv-role-mismatch',
    'Nixl inside a MultiConnector pairs with Nixl',
    s =>
      s.setEnv(
        'prefill',
        'VLLM_ADDITIONAL_ARGS',
        `--kv-transfer-config '{"kv_connector":"MultiConnector","kv_role":"kv_producer","kv_connector_extra_config":{"connectors":[{"kv_connector":"NixlConnector","kv_role":"kv_producer"},{"kv_connector":"OffloadingConnector","kv_role":"kv_both"}]}}'`,
      ),
    { verdict: 'Healthy' },
  ),
  root('nixl-unavailable', 'the image lacks it and the engine ends', s =>
    s.pods.decode.forEach(pod =>
      crashes(pod, {
        message:
          'WARNING 11-22 09:56:01 [nixl_connector.py:73] NIXL is not available\nRuntimeError: NIXL is not available',
      }),
    ),
  ),
  root('nixl-unavailable', 'the AMD build lacks it', s =>
    s.pods.decode.forEach(pod =>
      crashes(pod, {
        message: "ModuleNotFoundError: No module named 'rixl._api'",
      }),
    ),
  ),
  nearMiss(
    'nixl-unavailable',
    'the good line has one word less',
    logs(
      'decode',
      '(EngineCore_0 pid=147) INFO 11-13 07:03:21 [__init__.py:18] NIXL is available',
    ),
    { verdict: 'Healthy' },
  ),
  root('side-channel-host-unset', 'one fixed address for all prefill pods', s =>
    s.setEnv('prefill', 'VLLM_NIXL_SIDE_CHANNEL_HOST', '10.0.0.7'),
  ),
  nearMiss(
    'side-channel-host-unset',
    'the address is right, and one peer is gone',
    logs('decode', failure('handshake_failed')),
    { verdict: 'Degraded' },
  ),
  root(
    'side-channel-unreachable',
    'a NetworkPolicy blocks port 5600',
    logs(
      'decode',
      failure('handshake_setup_failed'),
      `${P}zmq.error.Again: Resource temporarily unavailable`,
    ),
  ),
  nearMiss(
    'side-channel-unreachable',
    'the failure was yesterday',
    logs('decode', failure('handshake_setup_failed').replace(P, OLD)),
    { verdict: 'Healthy' },
  ),
  root(
    'kv-transfer-failing',
    'transfers fail in the log',
    logs('decode', failure('transfer_failed')),
  ),
  root('kv-transfer-failing', 'one in fifty transfers fails, by metrics', s =>
    measure(s, { routed: 500, transfers: 490, failed: 10 }),
  ),
  root(
    'kv-transfer-failing',
    'one in five fails with policy fail',
    s => measure(s, { routed: 500, transfers: 400, failed: 100 }),
    { severity: 'Critical' },
  ),
  nearMiss(
    'kv-transfer-failing',
    'two failures among thousands',
    s => measure(s, { routed: 5000, transfers: 4990, failed: 2 }),
    { verdict: 'Healthy' },
  ),
  root(
    'kv-compatibility-mismatch',
    'the attention backends differ on equal images',
    logs(
      'decode',
      failure('handshake_failed'),
      `${P}RuntimeError: NIXL compatibility hash mismatch. Local: 3fc700da, Remote: 161228f0. Prefill and decode instances have incompatible configurations.`,
    ),
  ),
  root(
    'kv-compatibility-mismatch',
    'the payload of another version',
    logs(
      'decode',
      `${P}Failed to decode NixlHandshakePayload. Possible version mismatch between prefill and decode.`,
    ),
  ),
  nearMiss(
    'kv-compatibility-mismatch',
    'the check passed',
    logs(
      'decode',
      '(EngineCore_0 pid=147) INFO 11-22 09:06:02 [base_worker.py:1085] NIXL compatibility check passed (hash: 8f6cf1d2f5f1a96b)',
    ),
    { verdict: 'Healthy' },
  ),
  root(
    'kv-parallelism-unsupported',
    'prefill has the larger tensor size and nixl asserts',
    s => {
      s.resource.spec.prefill.parallelism = { tensor: 2 };
      logs(
        'decode',
        `${P}File "/vllm/distributed/kv_transfer/kv_connector/v1/nixl/worker.py", line 812, in _validate`,
        `${P}AssertionError`,
      )(s);
    },
  ),
  root(
    'kv-parallelism-unsupported',
    'block sizes do not divide',
    logs(
      'decode',
      `${P}ValueError: Local block size 16 is not divisible by remote block size 64`,
    ),
  ),
  nearMiss(
    'kv-parallelism-unsupported',
    'a larger tensor size on prefill alone proves nothing',
    s => {
      s.resource.spec.prefill.parallelism = { tensor: 2 };
    },
    { verdict: 'Healthy' },
  ),
  root(
    'kv-blocks-expired',
    'decode is late',
    logs(
      'prefill',
      '(EngineCore_0 pid=139) WARNING 11-22 09:57:20 [scheduler.py:412] Releasing expired KV blocks for request cmpl-1 which were retrieved by 0 decode worker(s) within 30 seconds.',
    ),
  ),
  root('kv-blocks-expired', 'the counter of prefill rises', s =>
    measure(s, { routed: 100, transfers: 98, expired: 2 }),
  ),
  nearMiss(
    'kv-blocks-expired',
    'the counter stands still',
    s => measure(s, { routed: 100, transfers: 98, expired: 0 }),
    { verdict: 'Healthy' },
  ),
  root(
    'kv-blocks-invalid',
    'decode read blocks of a forgotten request',
    logs(
      'prefill',
      '(EngineCore_0 pid=139) ERROR 11-22 09:57:20 [scheduler.py:431] Potentially invalid KV blocks for unrecognized request cmpl-1 were retrieved by a decode worker. They may have expired.',
    ),
  ),
  nearMiss(
    'kv-blocks-invalid',
    'that was yesterday',
    logs(
      'prefill',
      '(EngineCore_0 pid=139) ERROR 11-21 09:57:20 [scheduler.py:431] Potentially invalid KV blocks for unrecognized request cmpl-1 were retrieved by a decode worker.',
    ),
    { verdict: 'Healthy' },
  ),
  root(
    'memlock-limit',
    'queue pairs cannot be created; no hint in the line',
    logs(
      'decode',
      '[1795341364.101882] [qwen:147 :0] ib_iface.c:1021 UCX  ERROR ibv_create_cq(cqe=4096) failed: Cannot allocate memory',
    ),
  ),
  nearMiss(
    'memlock-limit',
    'the pods ask for no RDMA: the line is noise',
    s => {
      for (const part of ['decode', 'prefill'] as const) {
        s.eachMain(part, main => {
          delete main.resources.limits['rdma/roce_gdr'];
          delete main.resources.requests['rdma/roce_gdr'];
        });
        s.setEnv(part, 'KSERVE_INFER_ROCE', undefined);
        s.setEnv(part, 'UCX_TLS', undefined);
        s.pods[part].forEach(pod => {
          pod.metadata.annotations = {};
        });
      }
      logs(
        'decode',
        "[1795341364.1] [qwen:147 :0] ib_md.c:316 UCX ERROR ibv_reg_mr(address=0x7f) failed: Cannot allocate memory : Please set max locked memory (ulimit -l) to 'unlimited' (current: 64 kbytes)",
      )(s);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'ucx-device-unavailable',
    'UCX_NET_DEVICES names another node’s card',
    s =>
      s.pods.decode.forEach(pod =>
        crashes(pod, {
          message:
            "[1795341364.1] [qwen:147 :0] ucp_context.c:1500 UCX  ERROR   network device 'mlx5_9:1' is not available, please use one or more of: 'eth0'(tcp), 'mlx5_4:1'(ib)\nnixl._bindings.nixlBackendError: NIXL_ERR_BACKEND",
        }),
      ),
  ),
  nearMiss(
    'ucx-device-unavailable',
    'a transport is missing, not a device',
    s =>
      s.pods.decode.forEach(pod =>
        crashes(pod, {
          message:
            "[1795341364.1] [qwen:147 :0] ucp_context.c:1508 UCX  ERROR   transport 'rc' is not available, please use one or more of: cuda_copy, self, sm, tcp",
        }),
      ),
  ),
  root('ucx-transport-unavailable', 'GPU memory is not seen by UCX', s =>
    s.pods.decode.forEach(pod =>
      crashes(pod, {
        message:
          'VRAM memory is detected as host by UCX. UCX is likely not configured with CUDA/ROCm support. VRAM registration cannot proceed.',
      }),
    ),
  ),
  root(
    'ucx-transport-unavailable',
    'a running engine cannot reach the other',
    logs(
      'decode',
      '[1795341364.1] [qwen:147 :0] select.c:630 UCX  ERROR   no remote registered memory access transport to qwen:139: self/memory - Destination is unreachable',
    ),
  ),
  nearMiss(
    'ucx-transport-unavailable',
    'UCX mentions what it left out, at level DIAG',
    logs(
      'decode',
      '[1795341364.1] [qwen:147 :0] ucp_context.c:1100 UCX  DIAG  transport gdr_copy was not found',
    ),
    { verdict: 'Healthy' },
  ),
  root('ucx-transports-misconfigured', 'no RDMA transport in the list', s => {
    s.setEnv('decode', 'UCX_TLS', 'tcp,sm,self,cuda_copy');
  }),
  root(
    'ucx-transports-misconfigured',
    'neither RDMA nor TCP',
    s => s.setEnv('decode', 'UCX_TLS', 'sm,self,cuda_copy'),
    { severity: 'Critical' },
  ),
  nearMiss(
    'ucx-transports-misconfigured',
    'unset is another matter',
    s => {
      s.setEnv('decode', 'UCX_TLS', undefined);
      s.setEnv('prefill', 'UCX_TLS', undefined);
    },
    { verdict: 'Healthy' },
  ),
  root('rdma-not-requested', 'prefill has no device', s =>
    s.eachMain('prefill', main => {
      delete main.resources.limits['rdma/roce_gdr'];
      delete main.resources.requests['rdma/roce_gdr'];
    }),
  ),
  nearMiss(
    'rdma-not-requested',
    'neither pool means RDMA',
    s => {
      for (const part of ['decode', 'prefill'] as const) {
        s.eachMain(part, main => {
          delete main.resources.limits['rdma/roce_gdr'];
          delete main.resources.requests['rdma/roce_gdr'];
        });
        s.setEnv(part, 'KSERVE_INFER_ROCE', 'false');
        s.setEnv(part, 'UCX_TLS', undefined);
        s.pods[part].forEach(pod => {
          pod.metadata.annotations = {};
        });
      }
    },
    { verdict: 'Healthy' },
  ),
  root(
    'rdma-fallback-tcp',
    'the protocol table shows tcp',
    logs(
      'decode',
      '[1795341364.1] [qwen:147 :0]   +--------------------------------+--------------------------------------------+',
      '[1795341364.1] [qwen:147 :0]   | ucp_context_0 inter-node cfg#2 | remote memory read by ucp_get*(multi) into cuda/GPU0 |',
      '[1795341364.1] [qwen:147 :0]   +--------------------------------+----------------------+---------------------+',
      '[1795341364.1] [qwen:147 :0]   |                          0..inf | software emulation   | tcp/eth0            |',
      '[1795341364.1] [qwen:147 :0]   +--------------------------------+----------------------+---------------------+',
    ),
  ),
  root(
    'rdma-fallback-tcp',
    'the newest UCX prints a table of lanes',
    logs(
      'decode',
      '+-----------------------------------------------------------+',
      '| Endpoint Config #2 (ctx: ucp_context_0, type: inter-node) |',
      '+-----------+---------------------+---------+---------------+',
      '| Transport | Device (Sys. dev.)  | # Lanes | Lane Types    |',
      '+-----------+---------------------+---------+---------------+',
      '| tcp       | eth0                | 1       | rma_bw am     |',
      '+-----------+---------------------+---------+---------------+',
    ),
  ),
  nearMiss(
    'rdma-fallback-tcp',
    'tcp within the node is not the way between pools',
    logs(
      'decode',
      '[1795341364.1] [qwen:147 :0] ucp_worker.c:1888 UCX  INFO  ucp_context_0 self cfg#0 tag(self/memory) rma(tcp/lo)',
      '[1795341364.1] [qwen:147 :0] ucp_worker.c:1888 UCX  INFO  ucp_context_0 inter-node cfg#2 rma(rc_mlx5/mlx5_4:1) am(rc_mlx5/mlx5_4:1) ka(tcp/eth0)',
    ),
    { verdict: 'Healthy' },
  ),
  root(
    'roce-inference-failed',
    'no port is active',
    logs(
      'prefill',
      'Trying to infer RoCE configs ... ',
      '[Infer RoCE] Skipping inactive or down HCA: mlx5_4',
      '[Infer RoCE] WARNING: No active RoCE HCAs found. NCCL_IB_HCA will not be set.',
    ),
  ),
  nearMiss(
    'roce-inference-failed',
    'one port is down, another is used',
    logs(
      'prefill',
      '[Infer RoCE] Skipping inactive or down HCA: mlx5_0',
      '[Infer RoCE] Found active HCA: mlx5_4',
      '[Infer RoCE] Selected GID_INDEX: 3 (found on 1 HCAs)',
    ),
    { verdict: 'Healthy' },
  ),
  root('stale-kv-agent', 'a prefill pod was replaced', s => {
    makeYoung(s.pod('prefill'), 20);
    setCondition(s.pod('prefill'), 'Ready', 'True', {
      lastTransitionTime: ago(15),
    });
    logs(
      'decode',
      `${P}NIXL transfer failure: handshake_failed | Context: {'failure_type': 'handshake_failed', ${HOST}`,
      `${P}RuntimeError: Remote NIXL agent engine ID mismatch. Expected b1fd1d0e,received 5d0e7c52.`,
    )(s);
  }),
  root(
    'stale-kv-agent',
    'the connection to a ready pod is dead',
    logs(
      'decode',
      '[1795341364.1] [qwen:147 :0] ucp_ep.c:1 UCX  ERROR UCX AM send failed with status -80 (Endpoint timeout)',
    ),
  ),
  nearMiss('stale-kv-agent', 'prefill is gone altogether', s => {
    s.pods.prefill.forEach(pod => crashes(pod));
    logs('decode', `${P}nixl_agent: NIXL_ERR_REMOTE_DISCONNECT`)(s);
  }),
  root(
    'mixed-pool-versions',
    'prefill runs another build, and no rollout moves',
    s =>
      s.pods.prefill.forEach(pod => {
        containerOf(pod).imageID = NEW_DIGEST;
      }),
  ),
  nearMiss(
    'mixed-pool-versions',
    'the pod with the new build is not ready yet',
    s => {
      const young = makePod('decode', 1, 'next');
      runsUnready(young, 2);
      containerOf(young).imageID = NEW_DIGEST;
      s.pods.decode.push(young);
      s.workloads.decode.status.replicas = 2;
      s.workloads.decode.status.conditions = [];
    },
    { verdict: 'Progressing' },
  ),
  root('prefill-bypassed', 'every request goes to decode alone', s =>
    measure(s, { routed: 0, decodeOnly: 400, transfers: 0, answered: 400 }),
  ),
  root(
    'prefill-bypassed',
    'decode computes its prompts, by tokens, without a scheduler scrape',
    s => measure(s, { answered: 300, local: 300_000, external: 0 }),
  ),
  nearMiss(
    'prefill-bypassed',
    'hardly any traffic',
    s => measure(s, { routed: 3, transfers: 0, answered: 3 }),
    { verdict: 'Healthy' },
  ),
];
