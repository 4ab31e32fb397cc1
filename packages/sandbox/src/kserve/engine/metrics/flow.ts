import { engineSettings } from '../engineSettings';
import { ReadyPods } from '../ServicePods';
import { Traffic } from '../traffic';

/** Size of an ordinary request of the sandbox's traffic. */
export const REQUEST = {
  promptTokens: 1800,
  generatedTokens: 220,
  /** KV cache of one prompt. */
  kvBytes: 224e6,
  /** Share of a prompt that decode finds in its own prefix cache. */
  cachedShare: 0.02,
} as const;

/** How the requests of a service run at the moment, in requests per second. */
export interface Flow {
  answered: number;
  /** Sent through prefill first. */
  routed: number;
  transfers: number;
  failedTransfers: number;
  expired: number;
}

/** What becomes of the traffic of a service with the pods that are ready. */
export function flowOf(pods: ReadyPods, traffic: Traffic): Flow {
  const answered = pods.decode.length > 0 ? traffic.requestsPerSecond : 0;
  const goesThroughPrefill =
    pods.prefill.length > 0 && pods.scheduler.length > 0;
  const routed = goesThroughPrefill ? answered * traffic.disaggregatedShare : 0;
  const decode = pods.decode.map(engineSettings);
  const prefill = pods.prefill.map(engineSettings);
  const isPaired = [...decode, ...prefill].every(engine => engine.connector);
  const failureShare = prefill.every(engine => engine.hasSideChannelHost)
    ? traffic.failureShare
    : 1;
  const pulled = isPaired ? routed * traffic.transferShare : 0;
  return {
    answered,
    routed,
    transfers: pulled * (1 - failureShare),
    failedTransfers: pulled * failureShare,
    expired: isPaired ? routed * traffic.expiredShare : 0,
  };
}

/** A flow of a part of the pods. */
export function shareOf(flow: Flow, parts: number): Flow {
  const share = parts > 0 ? 1 / parts : 0;
  return {
    answered: flow.answered * share,
    routed: flow.routed * share,
    transfers: flow.transfers * share,
    failedTransfers: flow.failedTransfers * share,
    expired: flow.expired * share,
  };
}
