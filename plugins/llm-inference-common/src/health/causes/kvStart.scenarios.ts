import { logs } from '../__testUtils__/engineLines';
import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { crashes } from '../__testUtils__/podFaults';

export const kvStartScenarios = [
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
];
