import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { containerOf, runsUnready } from '../__testUtils__/podFaults';
import { logs } from '../__testUtils__/engineLines';
import { measure } from '../__testUtils__/measure';
import { makePod } from '../__testUtils__/podFixtures';

const NEW_DIGEST = `ghcr.io/llm-d/llm-d-cuda@sha256:${'666fce16'.repeat(8)}`;

export const kvPathScenarios = [
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
