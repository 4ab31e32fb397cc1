import { RESOURCES } from '../kinds';
import { Player } from '../Player';

/** Which service is asked, and what. */
export interface EndpointRequest {
  namespace: string;
  name: string;
  method: string;
  /** Below the service's own path, as in `/v1/completions`. */
  path: string;
  body: string;
}

/** What a gateway answers. */
export interface EndpointAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** Port of the routing sidecar, and of an engine that has none. */
const PORT = '8000';

/** Asks a service as its gateway would: one of its ready decode pods answers, or nobody does. */
export async function askService(
  { context, engines, kubelet, pods }: Player,
  request: EndpointRequest,
): Promise<EndpointAnswer> {
  const { namespace, name, method, path, body } = request;
  const service = context.store.get(RESOURCES.service, name, namespace);
  if (!service) {
    return { status: 404, body: 'no route\n' };
  }
  const { decode, prefill } = pods.readyOf(service);
  const pod = decode[Math.floor(Math.random() * decode.length)];
  const answer =
    pod &&
    (await engines.answer({
      pod,
      port: PORT,
      method,
      path,
      headers: {},
      body,
    }));
  if (method === 'POST' && answer?.status === 200) {
    // Those whose meters count it.
    for (const [counting] of [decode, prefill]) {
      if (counting) kubelet.runOf(counting)?.answered();
    }
  }
  return answer ?? { status: 503, body: 'no healthy upstream\n' };
}
