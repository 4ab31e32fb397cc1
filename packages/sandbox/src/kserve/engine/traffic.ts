/** How requests of a service run, where it is not as it should be. */
export interface TrafficChange {
  /** Share of requests that the scheduler sends through prefill. */
  disaggregatedShare?: number;
  /** Share of those whose KV cache decode really pulls. */
  transferShare?: number;
  /** Bytes per second that a transfer reaches. */
  bytesPerSecond?: number;
  /** Over what the transfers run. */
  fabric?: 'rdma' | 'tcp';
  /** Share of transfers that fail. */
  failureShare?: number;
  /** KV caches that expire on prefill before they are pulled, per request. */
  expiredShare?: number;
}

/** How requests of a service run. */
export type Traffic = Required<TrafficChange> & {
  /** Requests per second over the whole service. */
  requestsPerSecond: number;
};

/** What a healthy pair does. */
export const HEALTHY_TRAFFIC: Required<TrafficChange> = {
  disaggregatedShare: 1,
  transferShare: 1,
  bytesPerSecond: 11e9,
  fabric: 'rdma',
  failureShare: 0,
  expiredShare: 0,
};
