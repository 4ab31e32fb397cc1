import type { CauseId } from '../CauseId';
import type { Cause, PodHealth, ServingHealth } from '../ServingHealth';
import { memoryLimitIn, startupBudgetIn } from './limits';

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
  /** Time to start of both pools, in seconds. */
  startupBudgetSeconds?: number;
  /** RDMA resource and count of both pools, as the service's profile says. */
  rdmaResource?: 'profile';
  /** Prefill produces the KV cache, decode consumes it. */
  kvRoles?: 'producer-consumer';
  /** Each engine names its own address to the other pool. */
  sideChannelHost?: 'pod-ip';
}

/** What is known beside the health. @public */
export interface RemedyContext {
  /** The RDMA resource of the service's profile, for example `rdma/roce_gdr`. */
  profileRdma?: string;
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

/** What the form takes as a time to start, in seconds; also the step. */
const STARTUP = { shortest: 600, longest: 86_400, step: 30 };

const REMEDIES: Partial<Record<CauseId, Remedy>> = {
  'kv-cache-too-small': shorterRequests,
  'host-memory-exceeded': moreMemory,
  'startup-budget-exceeded': moreTime,
  'mixed-pool-versions': sameImage,
  'kv-compatibility-mismatch': sameImage,
  'kv-connector-missing': () => ({ kvRoles: 'producer-consumer' }),
  'kv-role-mismatch': matchingRoles,
  'side-channel-host-unset': () => ({ sideChannelHost: 'pod-ip' }),
  'rdma-not-requested': profileRdma,
  'extended-resource-invalid': validRdma,
  'insufficient-rdma': (cause, health, context) =>
    otherRdma(cause, health, context) ?? whatFits(cause, health),
  'insufficient-gpu': whatFits,
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
function moreMemory(cause: Cause): RemedyForm | undefined {
  const match = /^([1-9]\d*)(Mi|Gi|Ti)$/.exec(memoryLimitIn(cause) ?? '');
  if (!match) return undefined;
  const more = Math.ceil(Number(match[1]) * 1.5);
  return more <= LARGEST_MEMORY
    ? { memoryLimit: `${more}${match[2]}` }
    : undefined;
}

/** Twice as long; only where it is known how long it is now. */
function moreTime(cause: Cause): RemedyForm | undefined {
  const now = startupBudgetIn(cause);
  if (now === undefined || now >= STARTUP.longest) return undefined;
  const { shortest, longest, step } = STARTUP;
  const twice = Math.ceil((2 * now) / step) * step;
  return {
    startupBudgetSeconds: Math.min(longest, Math.max(shortest, twice)),
  };
}

/** The image that most pods that serve run; where two are level, that of decode, which answers. */
function sameImage(
  _cause: Cause,
  { pools }: ServingHealth,
): RemedyForm | undefined {
  const votes = new Map<string, number>();
  const images = new Set<string>();
  for (const pool of [pools.decode, pools.prefill]) {
    for (const pod of pool?.pods ?? []) {
      const image = pinned(pod);
      if (!image) continue;
      images.add(image);
      if (pod.ready) votes.set(image, (votes.get(image) ?? 0) + 1);
    }
  }
  // Where both run the same, it is not the image in which they differ.
  if (images.size === 1) return undefined;
  // Decode came first, and the sort keeps the order of what is level.
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most && { image: most[0] };
}

function pinned({ image, imageDigest }: PodHealth): string | undefined {
  const digest = /sha256:[0-9a-f]{64}$/.exec(imageDigest ?? '')?.[0];
  if (!image || !digest) return undefined;
  return `${image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${digest}`;
}

/** The roles can be put right where both pools use one connector; another connector is another decision. */
function matchingRoles({ evidence }: Cause): RemedyForm | undefined {
  const connectors = new Set(
    evidence.flatMap(({ quote }) =>
      [...quote.matchAll(/"kv_connector"\s*:\s*"([^"]+)"/g)].map(
        ([, name]) => name,
      ),
    ),
  );
  // Of decode and prefill, in this order.
  const roles = evidence.flatMap(
    ({ quote }) => /"kv_role"\s*:\s*"([^"]+)"/.exec(quote)?.[1] ?? [],
  );
  return connectors.size === 1 && roles.join() !== 'kv_consumer,kv_producer'
    ? { kvRoles: 'producer-consumer' }
    : undefined;
}

/** The profile knows the name, where the service has one. */
function profileRdma(
  _cause: Cause,
  _health: ServingHealth,
  context: RemedyContext,
): RemedyForm | undefined {
  return context.profileRdma ? { rdmaResource: 'profile' } : undefined;
}

/** The device that was refused is the RDMA one, and the profile knows how many there must be. */
function validRdma(
  cause: Cause,
  health: ServingHealth,
  context: RemedyContext,
): RemedyForm | undefined {
  const resource = context.profileRdma;
  return resource &&
    cause.evidence.some(({ quote }) => quote.includes(resource))
    ? profileRdma(cause, health, context)
    : undefined;
}

/** No node has it free, and it is another one than the profile offers. */
function otherRdma(
  cause: Cause,
  health: ServingHealth,
  context: RemedyContext,
): RemedyForm | undefined {
  const lacking = cause.evidence.flatMap(({ quote }) =>
    [...quote.matchAll(/Insufficient ([\w.-]+\/[\w.-]+)/g)].map(([, name]) =>
      name.replace(/\.$/, ''),
    ),
  );
  return lacking.length > 0 &&
    context.profileRdma &&
    !lacking.includes(context.profileRdma)
    ? profileRdma(cause, health, context)
    : undefined;
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
