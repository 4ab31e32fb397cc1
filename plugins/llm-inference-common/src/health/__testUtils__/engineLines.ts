import type { ServiceBuilder } from './ServiceBuilder';

/** What vLLM writes before the text of an error. */
export const P =
  '(EngineCore_0 pid=147) ERROR 11-22 09:57:20 [base_worker.py:1432] ';

/** Address of a prefill pod, as the context of a failure ends. */
export const HOST = "'remote_host': '10.128.3.36', 'remote_port': 5600}";

/** The first pod of a pool logs these lines. */
export const logs =
  (part: 'decode' | 'prefill', ...lines: string[]) =>
  (s: ServiceBuilder) =>
    s.log(s.pod(part), lines.join('\n'));

/** A failed transfer or handshake with a prefill pod. */
export const failure = (type: string) =>
  `${P}NIXL transfer failure: ${type} | Context: {'failure_type': '${type}', 'request_id': 'cmpl-71a0-0', ${HOST}`;
