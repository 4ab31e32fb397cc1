import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { countKv, windowsBetween } from 'backstage-plugin-llm-inference-common';
import type {
  KvCounts,
  ScrapeRound,
  ServiceRef,
  ServingHealth,
  VerifyPdResult,
} from 'backstage-plugin-llm-inference-common';
import { z } from 'zod/v4';
import { serviceKeyOf } from '../assess/AssessedService';
import type { MetricsCollector } from '../metrics/MetricsCollector';
import type { Clock } from '../watch/Clock';
import { testPrompt } from './testPrompt';

/** A service is verified only so often, and only so many at the same time. */
const AGAIN_MS = 60_000;
const AT_ONCE = 3;

const LONGEST_ANSWER_MS = 60_000;

/** How long it is waited until the counters show the request; a metrics server scrapes every 30 seconds. */
const LONGEST_LOOK_MS = 45_000;
const LOOK_EVERY_MS = 1_500;

/** How long it is waited for the log of decode, which tells the transport only after a transfer. */
const LONGEST_FABRIC_MS = 10_000;
const FABRIC_EVERY_MS = 250;

const ANSWER_TOKENS = 8;

/** Answers are short: anything longer is none. */
const LONGEST_ANSWER = 256 * 1024;

const completion = z.object({
  usage: z.object({ prompt_tokens: z.number() }).optional(),
});

type Fabric = VerifyPdResult['fabric'];

/** What verifications are made with. */
export interface PdVerifierOptions {
  clock: Clock;
  collector: MetricsCollector;
  /** What is known now of the fabric of a service; absent where no logs are read for evidence. */
  fabricOf?(service: ServiceRef): Fabric | undefined;
  /** Where gateways are reached, by the origin that they are published under. */
  gateways: readonly { from: string; to: string }[];
}

/** Sends one long prompt through a service's own endpoint and looks at what its pods count. */
export class PdVerifier {
  readonly #options: PdVerifierOptions;
  readonly #verifiedAt = new Map<string, number>();
  #running = 0;

  constructor(options: PdVerifierOptions) {
    this.#options = options;
  }

  /** Verifies a service. Throws where it cannot be asked, or was asked a moment ago. */
  async verify(health: ServingHealth): Promise<VerifyPdResult> {
    const { service } = health;
    const { url, model } = endpointOf(health);
    if (!this.#options.collector.sourceKind(service.cluster)) {
      throw new InputError(
        `The metrics of cluster ${service.cluster} are not read, so nothing could be seen; configure llmInference.metrics`,
      );
    }
    this.#takeTurn(service);
    this.#running += 1;
    try {
      const before = await this.#look(service);
      const request = await this.#ask(url, model);
      const counts = before ? await this.#counts(service, before) : {};
      const fabric = hasMoved(counts)
        ? await this.#fabric(health)
        : health.kvTransfer.fabric;
      return resultOf(
        service,
        request,
        counts,
        fabric,
        this.#options.clock.now(),
      );
    } finally {
      this.#running -= 1;
    }
  }

  #takeTurn(service: ServiceRef): void {
    const now = this.#options.clock.now();
    for (const [key, at] of this.#verifiedAt) {
      // A time that has yet to come was noted by a clock that ran ahead.
      if (now < at || now - at >= AGAIN_MS) this.#verifiedAt.delete(key);
    }
    const last = this.#verifiedAt.get(serviceKeyOf(service));
    if (last !== undefined) {
      throw new ConflictError(
        `The service was verified ${Math.round(
          (now - last) / 1000,
        )} seconds ago; wait until a minute has passed`,
      );
    }
    if (this.#running >= AT_ONCE) {
      throw new ServiceUnavailableError(
        'Other services are being verified; try again in a minute',
      );
    }
    this.#verifiedAt.set(serviceKeyOf(service), now);
  }

  async #look(service: ServiceRef): Promise<ScrapeRound | undefined> {
    await this.#options.collector.measureNow(service);
    return this.#options.collector.of(service)?.measurements.rounds.at(-1);
  }

  async #ask(url: URL, model: string): Promise<VerifyPdResult['request']> {
    const started = performance.now();
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#reachable(url), {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          model,
          prompt: testPrompt(),
          max_tokens: ANSWER_TOKENS,
          temperature: 0,
        }),
      });
      text = await shortText(response);
    } catch (error) {
      throw new ServiceUnavailableError(
        `The endpoint ${url.origin}${url.pathname} could not be asked: ${
          toError(error).message
        }`,
      );
    }
    if (!response.ok) {
      throw new ServiceUnavailableError(
        `The endpoint ${url.origin}${url.pathname} answered ${response.status}`,
      );
    }
    return {
      url: url.toString(),
      model,
      seconds: Number(((performance.now() - started) / 1000).toFixed(3)),
      promptTokens: promptTokensOf(text),
    };
  }

  #reachable(url: URL): string {
    const gateway = this.#options.gateways.find(
      ({ from }) => new URL(from).origin === url.origin,
    );
    return gateway
      ? `${gateway.to.replace(/\/+$/, '')}${url.pathname}`
      : url.toString();
  }

  /** A new service's first transfer may be this one: what it went over is in the log only now. */
  async #fabric({ service, kvTransfer }: ServingHealth): Promise<Fabric> {
    const { clock, fabricOf } = this.#options;
    const giveUpAt = performance.now() + LONGEST_FABRIC_MS;
    const signal = AbortSignal.timeout(LONGEST_FABRIC_MS * 2);
    let { fabric } = kvTransfer;
    while (fabricOf && fabric === 'Unverified') {
      fabric = fabricOf(service) ?? fabric;
      if (fabric !== 'Unverified' || performance.now() >= giveUpAt) break;
      await clock.sleep(FABRIC_EVERY_MS, signal);
    }
    return fabric;
  }

  async #counts(service: ServiceRef, before: ScrapeRound): Promise<KvCounts> {
    const { clock } = this.#options;
    const giveUpAt = performance.now() + LONGEST_LOOK_MS;
    const signal = AbortSignal.timeout(LONGEST_LOOK_MS * 2);
    for (;;) {
      const after = await this.#look(service);
      const counts = after ? countKv(windowsBetween(before, after)) : {};
      const seen = (counts.answered ?? 0) >= 1;
      if (seen || performance.now() >= giveUpAt) return counts;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }
}

function endpointOf({ endpoints, disaggregated }: ServingHealth): {
  url: URL;
  model: string;
} {
  if (!disaggregated) {
    throw new InputError('The service has no prefill pool to verify');
  }
  const [endpoint] = endpoints;
  const model = endpoint?.models[0];
  const url =
    endpoint && URL.parse(`${endpoint.url.replace(/\/+$/, '')}/v1/completions`);
  if (!url || !model || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      'The status of the service names no endpoint that could be asked',
    );
  }
  url.username = '';
  url.password = '';
  return { url, model };
}

async function shortText(response: Response): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) throw new Error('the answer is too long');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function promptTokensOf(text: string): number | null {
  try {
    return completion.parse(JSON.parse(text)).usage?.prompt_tokens ?? null;
  } catch {
    // An answer of another shape was an answer all the same.
    return null;
  }
}

function hasMoved({ transfers, externalTokens }: KvCounts): boolean {
  return (transfers ?? 0) > 0 || (externalTokens ?? 0) > 0;
}

function resultOf(
  service: ServiceRef,
  request: VerifyPdResult['request'],
  counts: KvCounts,
  fabric: Fabric,
  now: number,
): VerifyPdResult {
  const { bytes, transferSeconds, transfers, externalTokens } = counts;
  const moved = hasMoved(counts);
  const known =
    (counts.answered ?? 0) >= 1 &&
    (transfers !== undefined || externalTokens !== undefined);
  const unmoved = known ? 'NotMoved' : 'Unknown';
  const outcome = moved ? 'Moved' : unmoved;
  const bandwidth = bytes && transferSeconds ? bytes / transferSeconds : null;
  const orNull = (count: number | undefined) => count ?? null;
  return {
    service,
    at: new Date(now).toISOString(),
    outcome,
    summary: summaryOf(outcome, bytes, bandwidth, fabric),
    request,
    counted: {
      answered: orNull(counts.answered),
      transfers: orNull(transfers),
      failedTransfers: orNull(counts.failedTransfers),
      bytes: orNull(bytes),
      transferSeconds: orNull(transferSeconds),
      externalTokens: orNull(externalTokens),
      prefillTokens: orNull(counts.prefillTokens),
    },
    bandwidth,
    fabric,
  };
}

const FABRICS = {
  Rdma: 'over RDMA',
  Tcp: 'over TCP',
  Unverified: 'over a network that the logs do not tell',
};

function summaryOf(
  outcome: VerifyPdResult['outcome'],
  bytes: number | undefined,
  bandwidth: number | null,
  fabric: Fabric,
): string {
  if (outcome === 'Unknown') {
    return 'The request was answered, but the pods could not be measured before and after: nothing is proven';
  }
  if (outcome === 'NotMoved') {
    return 'The request was answered, but decode fetched no KV cache: it computed the prompt itself';
  }
  const size = bytes ? ` (${(bytes / 1e6).toFixed(0)} MB)` : '';
  const speed = bandwidth ? ` at ${(bandwidth / 1e9).toFixed(1)} GB/s` : '';
  return `KV cache moved from prefill to decode${size}${speed}, ${FABRICS[fabric]}`;
}
