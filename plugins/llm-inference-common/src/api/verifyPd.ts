import type { KvTransferHealth } from '../health/ServingHealth';
import type { ServiceRef } from '../resource/KubernetesObject';

/**
 * Whether KV cache moved from prefill to decode for one request that was sent to see it. Counters are those of
 * the whole service: requests of others in the same seconds count too.
 *
 * @public
 */
export interface VerifyPdResult {
  service: ServiceRef;
  /** ISO time at which the request was answered. */
  at: string;
  /** `Unknown` where the pods could not be measured before and after. */
  outcome: 'Moved' | 'NotMoved' | 'Unknown';
  /** One sentence for people. */
  summary: string;
  request: {
    url: string;
    model: string;
    /** Seconds until the whole answer was there. */
    seconds: number;
    /** As the engine counted them; `null` where it did not say. */
    promptTokens: number | null;
  };
  /** What the pods counted meanwhile; `null` is not known, never zero. */
  counted: {
    /** Requests that decode answered. */
    answered: number | null;
    /** Transfers, one per tensor-parallel rank. */
    transfers: number | null;
    failedTransfers: number | null;
    bytes: number | null;
    /** Seconds that the transfers took, over all ranks. */
    transferSeconds: number | null;
    /** Prompt tokens that decode got as KV cache. */
    externalTokens: number | null;
    /** Prompt tokens that came to prefill, also those that it had in its cache. */
    prefillTokens: number | null;
  };
  /** Bytes per second of transfer time. */
  bandwidth: number | null;
  /** Over what, as far as decode's log has told. */
  fabric: KvTransferHealth['fabric'];
}
