import { GB } from './units';
import { kvBytes, kvBytesPerGpu } from './kvCache';
import type { ModelArchitecture } from './ModelArchitecture';

/** Id of a kind of link between the pools. @public */
export type LinkId =
  | 'ib-200'
  | 'roce-100'
  | 'rdma-400'
  | 'efa-4'
  | 'host-staged'
  | 'tcp'
  | 'tcp-pod-network'
  | 'tcp-efa';

/** What a kind of link really carries, in GB/s (10^9 bytes) per port. @public */
export interface LinkRate {
  title: string;
  rdma: boolean;
  low: number;
  high: number;
}

/**
 * Effective rates of links, not their nameplates.
 *
 * Source: vLLM, llm-d and Dynamo guides. Compare a pair of pods with its own baseline before calling a
 * rate bad.
 *
 * @public
 */
export const LINK_RATES: Readonly<Record<LinkId, LinkRate>> = {
  'ib-200': { title: 'InfiniBand HDR 200', rdma: true, low: 20, high: 25 },
  'roce-100': { title: 'RoCE 100 Gbit/s', rdma: true, low: 10, high: 12 },
  'rdma-400': {
    title: 'RoCE or InfiniBand 400 Gbit/s',
    rdma: true,
    low: 40,
    high: 46,
  },
  'efa-4': { title: 'EFA, four NICs', rdma: true, low: 9.6, high: 9.6 },
  'host-staged': {
    title: 'staged in host memory',
    rdma: false,
    low: 1,
    high: 3,
  },
  tcp: { title: 'TCP', rdma: false, low: 1, high: 2 },
  'tcp-pod-network': {
    title: 'TCP over the pod network',
    rdma: false,
    low: 0.3,
    high: 0.6,
  },
  'tcp-efa': { title: 'TCP on EFA', rdma: false, low: 0.1, high: 0.1 },
};

/** A pair of pods shakes hands once, at its first transfer, in about this many seconds. @public */
export const HANDSHAKE_SECONDS = 5;

/** A link should carry at most this share of its rate. @public */
export const LINK_SHARE = 0.7;

/** The transfer of one prompt's KV cache from prefill to decode. @public */
export interface TransferEstimate {
  /** Bytes of one prompt over all ranks of the model. */
  bytes: number;
  /** Bytes that one decode rank pulls. */
  bytesPerRank: number;
  /** Seconds of one transfer, without the handshake. */
  seconds: number;
  /** Seconds of the first transfer of a pair of pods. */
  firstSeconds: number;
}

/**
 * Time that one prompt's KV cache takes over the link.
 *
 * @param tokens - tokens of the prompt that decode has not cached
 * @param gigabytesPerSecond - effective rate of one port, in GB/s
 * @param options - tensor parallelism of decode, whether each GPU has a port of its own (ranks then pull in parallel), bytes per KV number
 * @returns undefined where the architecture is not known
 * @public
 */
export function transferTime(
  model: ModelArchitecture,
  tokens: number,
  gigabytesPerSecond: number,
  options: {
    decodeTensor?: number;
    portPerGpu?: boolean;
    bytesPerNumber?: number;
  } = {},
): TransferEstimate | undefined {
  const bytes = kvBytes(model, tokens, options.bytesPerNumber);
  const bytesPerRank = kvBytesPerGpu(
    model,
    tokens,
    { tensor: options.decodeTensor },
    options.bytesPerNumber,
  );
  if (bytes === undefined || bytesPerRank === undefined) return undefined;
  const seconds =
    (options.portPerGpu ? bytesPerRank : bytes) / (gigabytesPerSecond * GB);
  return {
    bytes,
    bytesPerRank,
    seconds,
    firstSeconds: seconds + HANDSHAKE_SECONDS,
  };
}

/** Bytes per second that a request rate needs of the links between the pools. @public */
export function linkNeed(requestsPerSecond: number, bytes: number): number {
  return requestsPerSecond * bytes;
}
