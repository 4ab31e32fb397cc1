import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { crashes, makeYoung, setCondition } from '../__testUtils__/podFaults';
import { failure, HOST, logs, P } from '../__testUtils__/engineLines';
import { measure } from '../__testUtils__/measure';
import { ago } from '../__testUtils__/fixtureBasics';

const OLD =
  '(EngineCore_0 pid=147) ERROR 11-21 04:57:20 [base_worker.py:1432] ';

export const kvTransferScenarios = [
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
    'side-channel-unreachable',
    'an older vLLM, which gives its failures no context',
    logs(
      'decode',
      `${P}Handshake with c00824be-282f-4719-9aeb-120dcb516863 failed`,
      `${P}Traceback (most recent call last):`,
      `${P}zmq.error.Again: Resource temporarily unavailable`,
    ),
  ),
  nearMiss(
    'side-channel-unreachable',
    'a handshake without an address fails, and nothing speaks of the network',
    logs(
      'decode',
      `${P}Handshake with c00824be-282f-4719-9aeb-120dcb516863 failed`,
      `${P}AttributeError: 'NoneType' object has no attribute 'agent_metadata'`,
    ),
  ),
];
