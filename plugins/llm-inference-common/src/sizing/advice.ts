import type { ModelArchitecture } from './ModelArchitecture';
import type { Workload } from './rateMatching';
import { weightBytes } from './memory';
import { bytesOfType, positive } from './units';
import { LINK_SHARE } from './transfer';

/** Everything that is advised on, by a code: what other languages have to have words for. @public */
export const ADVICE_IDS = [
  'prompt-short',
  'output-long',
  'no-rdma',
  'model-small',
  'load-low',
  'cache-hits',
  'link-saturated',
  'transfer-noticeable',
  'gain-expected',
  'experts-gain',
  'measured',
  'ttft-missed',
  'itl-missed',
] as const;

/**
 * One piece of advice on whether prefill and decode should be apart, in words. Advice is never an error.
 *
 * @public
 */
export interface Advice {
  id: (typeof ADVICE_IDS)[number];
  /** Whether it speaks against disaggregation, for it, or only explains. */
  leaning: 'against' | 'for' | 'neutral';
  text: string;
  /** What `text` is made of, as data, for other languages: plain numbers, shares in percent, times in milliseconds. */
  words?: Record<string, string>;
}

/** From this prompt length on, in tokens, disaggregation begins to pay. @public */
export const WORTHWHILE_PROMPT_TOKENS = 2000;

/** Below this number of uncached prompt tokens there is too little to disaggregate. */
const WORTHWHILE_UNCACHED_TOKENS = 1000;

/** Below this ratio of prompt to output, decode dominates. */
const WORTHWHILE_PROMPT_TO_OUTPUT = 3;

/** Up to this many parameters, one engine does both at no loss. */
const SMALL_MODEL_PARAMETERS = 3e9;

/** Below this share of the prefill time a transfer is not noticed (Splitwise: under 7 %). */
const UNNOTICED_TRANSFER = 0.1;

/** Throughput gained by prompt length, measured with Llama-8B. */
const MEASURED_GAIN = [
  { tokens: 1000, percent: 0 },
  { tokens: 2000, percent: 3 },
  { tokens: 4000, percent: 14 },
  { tokens: 8000, percent: 22 },
] as const;

/** Results that others published for a whole service, shown beside one's own plan. */
const PUBLISHED: Readonly<Record<string, string>> = {
  'gpt-oss-120b':
    'llm-d on 16 H200 with 8 prefill (tensor 1) and 2 decode (tensor 4) replicas: TTFT p50 1.11 s, p99 2.01 s, 5.7 ms per output token, 12,036 output tokens/s.',
  'Qwen3-32B':
    'Qwen3-32B-FP8 on 32 H200 at 4,000 → 500 tokens, 500 of them cached: 684.79 tokens/s per GPU disaggregated, 410.22 together (1.67 ×).',
};

/** What the advice looks at; whatever is absent is not judged. */
export interface AdviceInput {
  model: ModelArchitecture;
  workload: Workload;
  /** Whether the link between the pools is RDMA. */
  rdma?: boolean;
  /** Share of the busiest port that the transfers need. */
  linkUse?: number;
  /** Seconds of one transfer and of one prefill. */
  transferSeconds?: number;
  prefillSeconds?: number;
  /** Replicas, as fractions, that the request rate needs. */
  needed?: { prefill: number; decode: number };
  /** GPUs of one replica of each pool. */
  gpus?: { prefill: number; decode: number };
}

const count = (tokens: number) => Math.round(tokens).toLocaleString('en-US');
const whole = (value: number) => String(Math.round(value));
const percent = (share: number) => `${whole(share * 100)} %`;

/** Number of parameters: as known, from the stored weights, or as the model's name says (`…-0.6B`). */
function parametersOf(model: ModelArchitecture): number | undefined {
  const known = positive(model.parameters);
  if (known !== undefined) return known;
  const weights = weightBytes(model);
  const bytes = bytesOfType(model.weightType ?? '');
  if (weights !== undefined && bytes !== undefined) return weights / bytes;
  const nominal = /(?:^|[-_/])(\d{1,4}(?:\.\d{1,2})?)([bm])(?:$|[-_])/i.exec(
    model.name ?? '',
  );
  if (!nominal) return undefined;
  return Number(nominal[1]) * (nominal[2].toLowerCase() === 'b' ? 1e9 : 1e6);
}

function gainAt(tokens: number): number {
  let gain = 0;
  for (const [index, point] of MEASURED_GAIN.entries()) {
    if (tokens < point.tokens) break;
    const next = MEASURED_GAIN[index + 1];
    gain = next
      ? point.percent +
        (next.percent - point.percent) *
          Math.min(1, (tokens - point.tokens) / (next.tokens - point.tokens))
      : point.percent;
  }
  return gain;
}

function adviceOnTokens({ model, workload }: AdviceInput): Advice[] {
  const prompt = positive(workload.promptTokens);
  const output = positive(workload.outputTokens);
  if (prompt === undefined) return [];
  const advice: Advice[] = [];
  if (prompt < WORTHWHILE_PROMPT_TOKENS) {
    advice.push({
      id: 'prompt-short',
      leaning: 'against',
      words: {
        prompt: whole(prompt),
        worthwhile: whole(WORTHWHILE_PROMPT_TOKENS),
      },
      text: `At ${count(
        prompt,
      )}-token prompts PD costs more than it gives: it begins to pay at about ${count(
        WORTHWHILE_PROMPT_TOKENS,
      )} tokens.`,
    });
  } else {
    advice.push({
      id: 'gain-expected',
      leaning: 'for',
      words: { prompt: whole(prompt), gain: whole(gainAt(prompt)) },
      text: `At ${count(prompt)}-token prompts about ${whole(
        gainAt(prompt),
      )} % more throughput was measured with Llama-8B, with shorter steps between tokens (at 8,000 tokens ITL −41 %, TTFT +37 ms).`,
    });
  }
  if (output !== undefined && prompt / output < WORTHWHILE_PROMPT_TO_OUTPUT) {
    advice.push({
      id: 'output-long',
      leaning: 'against',
      words: { prompt: whole(prompt), output: whole(output) },
      text: `${count(prompt)} prompt to ${count(
        output,
      )} output tokens is mostly decode work; PD pays from about 3 to 1.`,
    });
  }
  const uncached = prompt - (positive(workload.cachedTokens) ?? 0);
  if (
    prompt >= WORTHWHILE_PROMPT_TOKENS &&
    uncached < WORTHWHILE_UNCACHED_TOKENS
  ) {
    advice.push({
      id: 'cache-hits',
      leaning: 'against',
      words: { left: whole(Math.max(0, uncached)) },
      text: `With the prefix cache only ${count(
        Math.max(0, uncached),
      )} tokens of a prompt are left to compute: too few to be worth a transfer.`,
    });
  }
  if (model.experts) {
    advice.push({
      id: 'experts-gain',
      leaning: 'for',
      text: 'Mixture-of-experts models gain most: many prefill replicas with small tensor parallelism, few decode replicas with a larger one.',
    });
  }
  return advice;
}

function adviceOnLink(input: AdviceInput): Advice[] {
  const advice: Advice[] = [];
  if (input.rdma === false) {
    advice.push({
      id: 'no-rdma',
      leaning: 'against',
      text: 'Without RDMA the KV cache moves over TCP at 1 to 2 GB/s or less, often slower than computing the prompt again.',
    });
  }
  if (input.linkUse !== undefined && input.linkUse > LINK_SHARE) {
    advice.push({
      id: 'link-saturated',
      leaning: 'against',
      words: {
        share: whole(input.linkUse * 100),
        most: whole(LINK_SHARE * 100),
      },
      text: `The transfers need ${percent(
        input.linkUse,
      )} of the link; above ${percent(
        LINK_SHARE,
      )} they queue. Use more ports, an fp8 KV cache, or fewer requests per pair.`,
    });
  }
  const { transferSeconds, prefillSeconds } = input;
  if (
    transferSeconds !== undefined &&
    prefillSeconds &&
    transferSeconds >= UNNOTICED_TRANSFER * prefillSeconds
  ) {
    advice.push({
      id: 'transfer-noticeable',
      leaning: 'neutral',
      words: {
        share: whole((transferSeconds / prefillSeconds) * 100),
        unnoticed: whole(UNNOTICED_TRANSFER * 100),
      },
      text: `A transfer takes ${percent(
        transferSeconds / prefillSeconds,
      )} of the prefill time; below ${percent(
        UNNOTICED_TRANSFER,
      )} nobody notices it.`,
    });
  }
  return advice;
}

function adviceOnSize({ model, needed, gpus }: AdviceInput): Advice[] {
  const advice: Advice[] = [];
  const parameters = parametersOf(model);
  if (parameters !== undefined && parameters <= SMALL_MODEL_PARAMETERS) {
    advice.push({
      id: 'model-small',
      leaning: 'against',
      text: 'A model of 3 billion parameters or fewer computes a prompt faster than PD can hand it over.',
    });
  }
  if (
    needed &&
    gpus?.prefill === 1 &&
    gpus.decode === 1 &&
    needed.prefill + needed.decode <= 1
  ) {
    advice.push({
      id: 'load-low',
      leaning: 'against',
      text: 'This load fits on one GPU that does both; two pools of one GPU each would idle.',
    });
  }
  const published = PUBLISHED[model.name ?? ''];
  if (published) {
    advice.push({
      id: 'measured',
      leaning: 'neutral',
      words: { model: model.name ?? '' },
      text: published,
    });
  }
  return advice;
}

/** What the measured gain did not have: it was seen over RDMA, without cached prompts, on a model of 8B. */
const SPOILS_THE_GAIN: ReadonlyArray<Advice['id']> = [
  'no-rdma',
  'link-saturated',
  'cache-hits',
  'output-long',
  'model-small',
];

/** Advice on a plan: what speaks against disaggregation first, then what speaks for it. */
export function adviseOn(input: AdviceInput): Advice[] {
  const order = ['against', 'for', 'neutral'];
  const advice = [
    ...adviceOnTokens(input),
    ...adviceOnLink(input),
    ...adviceOnSize(input),
  ];
  const spoilt = advice.some(({ id }) => SPOILS_THE_GAIN.includes(id));
  return advice
    .filter(({ id }) => id !== 'gain-expected' || !spoilt)
    .sort((a, b) => order.indexOf(a.leaning) - order.indexOf(b.leaning));
}
