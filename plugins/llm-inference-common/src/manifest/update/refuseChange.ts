import type { OfferedProfile } from '../profile/profileSchema';
import {
  refuseGpus,
  refuseImage,
  refuseReplicas,
} from '../profile/refuseByProfile';
import { inspectText } from '../spec/inspectText';
import { refusal, type Problem, type Refusal } from '../spec/Problem';
import { problemsOf } from '../spec/schemaProblems';
import { refuseNotInPlace } from './notInPlace';
import { serviceChange } from './ServiceChange';

/** Size of one pool as it runs. @public */
export interface PoolSize {
  replicas: number;
  gpusPerReplica: number;
}

/** What a change would be held to, as far as it is known. @public */
export interface ChangeLimits {
  /** The profile that the service was made from. */
  profile?: OfferedProfile;
  /** Both pools as they run; where absent, GPUs are not counted. */
  now?: { decode: PoolSize; prefill: PoolSize };
}

/**
 * What is wrong with a change by itself, before the manifest is at hand: for the fields of a form. The action holds
 * the changed manifest to the same rules.
 *
 * @param change - a {@link ServiceChange}, or anything that claims to be one
 * @public
 */
export function refuseChange(
  change: unknown,
  { profile, now }: ChangeLimits = {},
): Problem[] {
  const texts = inspectText(change);
  if (texts.length > 0) return texts;
  const parsed = serviceChange.safeParse(change);
  const problems = [
    ...refuseNotInPlace(change),
    ...(parsed.success ? [] : problemsOf(parsed.error)),
  ];
  if (!parsed.success || !profile) return problems;
  const { image, ...pools } = parsed.data;
  const refuse = (path: string, refused: Refusal | undefined) => {
    if (refused) problems.push({ path, ...refused });
  };
  if (image && image !== 'preset') {
    refuse('image', refuseImage(image, profile));
  }
  let gpus = 0;
  for (const name of ['decode', 'prefill'] as const) {
    const replicas = pools[name]?.replicas;
    if (replicas) refuse(`${name}.replicas`, refuseReplicas(replicas, profile));
    if (now)
      gpus += (replicas ?? now[name].replicas) * now[name].gpusPerReplica;
  }
  if (pools.decode?.replicas || pools.prefill?.replicas) {
    const path = pools.decode?.replicas ? 'decode' : 'prefill';
    refuse(`${path}.replicas`, refuseGpus(gpus, profile));
  }
  if (pools.rdma && pools.rdma.resource !== profile.fabric.resource) {
    refuse('rdma.resource', refuseRdma(pools.rdma.resource, profile));
  }
  return problems;
}

/** Why a profile has no RDMA by the name of a resource that is not its own. */
function refuseRdma(
  resource: string,
  { name, fabric }: OfferedProfile,
): Refusal {
  const words = { resource, profile: name, offered: fabric.resource };
  return fabric.resource
    ? refusal(
        'otherRdma',
        `'${resource}' is not the RDMA resource of profile '${name}', which is '${fabric.resource}'`,
        words,
      )
    : refusal(
        'noRdma',
        `profile '${name}' has no RDMA; its services move the KV cache over TCP`,
        { profile: name },
      );
}
