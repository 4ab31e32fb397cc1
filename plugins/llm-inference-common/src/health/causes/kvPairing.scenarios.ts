import { failure, logs } from '../__testUtils__/engineLines';
import { nearMiss, root } from '../__testUtils__/CauseScenario';

const connectorFlag = (role: string, connector = 'NixlConnector') =>
  `--kv-transfer-config '{"kv_connector":"${connector}","kv_role":"${role}"}'`;

export const kvPairingScenarios = [
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
  root('side-channel-host-unset', 'one fixed address for all prefill pods', s =>
    s.setEnv('prefill', 'VLLM_NIXL_SIDE_CHANNEL_HOST', '10.0.0.7'),
  ),
  nearMiss(
    'side-channel-host-unset',
    'the address is right, and one peer is gone',
    logs('decode', failure('handshake_failed')),
    { verdict: 'Degraded' },
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
];
