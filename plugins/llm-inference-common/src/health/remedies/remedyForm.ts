import type { CauseId } from '../CauseId';
import type { Cause, PodHealth, ServingHealth } from '../ServingHealth';

/**
 * Values for the form of the template "Change a PD service", by its fields; what is absent stays as it is.
 *
 * @public
 */
export interface RemedyForm {
  prefillReplicas?: number;
  decodeReplicas?: number;
  /** Image of both pools, by digest. */
  image?: string;
  /** Memory limit of both pools, for example `96Gi`. */
  memoryLimit?: string;
  /** Longest request in tokens, for both pools. */
  maxModelLength?: number;
}

/** What is known of the manifest beside the health. @public */
export interface RemedyContext {
  /** The memory limit of the pool that the cause is about, as the manifest has it, for example `64Gi`. */
  memoryLimit?: string;
}

type Remedy = (
  cause: Cause,
  health: ServingHealth,
  context: RemedyContext,
) => RemedyForm | undefined;

/** The shortest request that the form takes, in tokens. */
const SHORTEST_MODEL_LENGTH = 256;

/** The largest number of the form's memory field. */
const LARGEST_MEMORY = 999_999;

const REMEDIES: Partial<Record<CauseId, Remedy>> = {
  'kv-cache-too-small': shorterRequests,
  'host-memory-exceeded': moreMemory,
  'mixed-pool-versions': sameImage,
  'insufficient-gpu': whatFits,
  'insufficient-rdma': whatFits,
  'insufficient-cpu-memory': whatFits,
  'quota-exceeded': whatFits,
};

/**
 * The exact change of the manifest that would end a cause, as values for the form of the template "Change a PD
 * service". Undefined where no such change is known, or a value for it is: nothing is guessed.
 *
 * @public
 */
export function remedyForm(
  cause: Cause,
  health: ServingHealth,
  context: RemedyContext = {},
): RemedyForm | undefined {
  return REMEDIES[cause.id]?.(cause, health, context);
}

/** The engine says itself how long a request may be. */
function shorterRequests({ evidence }: Cause): RemedyForm | undefined {
  for (const { quote } of evidence) {
    const match =
      /estimated maximum model length is (\d+)/i.exec(quote) ??
      /maximum number of tokens that can be stored in KV cache \((\d+)\)/i.exec(
        quote,
      );
    if (!match) continue;
    const tokens = Number(match[1]);
    // A multiple of the shortest length stays below what the engine has measured.
    const length = tokens - (tokens % SHORTEST_MODEL_LENGTH);
    if (length >= SHORTEST_MODEL_LENGTH) return { maxModelLength: length };
  }
  return undefined;
}

/** Half as much again; only where it is known what there is now. */
function moreMemory(
  _cause: Cause,
  _health: ServingHealth,
  { memoryLimit }: RemedyContext,
): RemedyForm | undefined {
  const match = /^([1-9]\d*)(Mi|Gi|Ti)$/.exec(memoryLimit?.trim() ?? '');
  if (!match) return undefined;
  const more = Math.ceil(Number(match[1]) * 1.5);
  return more <= LARGEST_MEMORY
    ? { memoryLimit: `${more}${match[2]}` }
    : undefined;
}

/** The image that most pods that serve run; where two are level, that of decode, which answers. */
function sameImage(
  _cause: Cause,
  { pools }: ServingHealth,
): RemedyForm | undefined {
  const votes = new Map<string, number>();
  for (const pool of [pools.decode, pools.prefill]) {
    for (const pod of pool?.pods ?? []) {
      const image = pod.ready ? pinned(pod) : undefined;
      if (image) votes.set(image, (votes.get(image) ?? 0) + 1);
    }
  }
  // Decode came first, and the sort keeps the order of what is level.
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most && { image: most[0] };
}

function pinned({ image, imageDigest }: PodHealth): string | undefined {
  const digest = /sha256:[0-9a-f]{64}$/.exec(imageDigest ?? '')?.[0];
  if (!image || !digest) return undefined;
  return `${image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${digest}`;
}

/** As many replicas as run already, for a pool of which some do and the rest finds no room. */
function whatFits(
  { pool }: Cause,
  { pools }: ServingHealth,
): RemedyForm | undefined {
  if (pool !== 'prefill' && pool !== 'decode') return undefined;
  const { ready, desired } = pools[pool] ?? {};
  if (!ready || !desired || ready >= desired) return undefined;
  return pool === 'prefill'
    ? { prefillReplicas: ready }
    : { decodeReplicas: ready };
}
