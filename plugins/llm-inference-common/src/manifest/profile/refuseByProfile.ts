import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { PoolSpec } from '../spec/PoolSpec';
import { refusal, type Problem, type Refusal } from '../spec/Problem';
import type { OfferedProfile } from './profileSchema';

/**
 * What a profile does not allow in a spec. Also for specs that were read back from a repository: a change is
 * held to the same limits as a creation.
 *
 * @public
 */
export function refuseByProfile(
  spec: PdServiceSpec,
  profile: OfferedProfile,
): Problem[] {
  return [
    ...refusePlace(spec, profile),
    ...refuseSupply(spec, profile),
    ...refuseSize(spec, profile),
  ];
}

function refusePlace(spec: PdServiceSpec, profile: OfferedProfile): Problem[] {
  const problems: Problem[] = [];
  const clusters = [
    { path: 'cluster', name: spec.cluster },
    ...(spec.otherClusters ?? []).map(({ cluster }, index) => ({
      path: `otherClusters.${index}.cluster`,
      name: cluster,
    })),
  ];
  for (const { path, name } of clusters) {
    if (!profile.clusters.includes(name)) {
      problems.push({
        path,
        ...refusal(
          'clusterNotOffered',
          `'${name}' is not a cluster of profile '${
            profile.name
          }'; choose ${list(profile.clusters)}`,
          { cluster: name, ...offered(profile, profile.clusters) },
        ),
      });
    }
  }
  if (!profile.namespaces.includes(spec.namespace)) {
    problems.push({
      path: 'namespace',
      ...refusal(
        'namespaceNotOffered',
        `'${spec.namespace}' is not a namespace of profile '${
          profile.name
        }'; choose ${list(profile.namespaces)}`,
        {
          namespace: spec.namespace,
          ...offered(profile, profile.namespaces),
        },
      ),
    });
  }
  const owners = profile.owners.map(fullGroupRef);
  if (!owners.includes(fullGroupRef(spec.owner))) {
    problems.push({
      path: 'owner',
      ...refusal(
        'ownerNotOffered',
        `'${spec.owner}' may not own services of profile '${
          profile.name
        }'; choose ${list(profile.owners)}`,
        { owner: spec.owner, ...offered(profile, profile.owners) },
      ),
    });
  }
  return problems;
}

function refuseSupply(spec: PdServiceSpec, profile: OfferedProfile): Problem[] {
  const problems: Problem[] = [];
  const { allowed } = profile.models;
  const models = [
    { path: 'model.uri', uri: spec.model.uri },
    ...(spec.model.lora?.adapters ?? []).map(({ uri }, index) => ({
      path: `model.lora.adapters.${index}.uri`,
      uri,
    })),
  ];
  for (const { path, uri } of models) {
    if (!allowed.some(prefix => uri.startsWith(prefix))) {
      problems.push({
        path,
        ...refusal(
          'modelNotOffered',
          `'${uri}' is not from a place that profile '${
            profile.name
          }' allows; it must start with ${list(allowed)}`,
          { uri, ...offered(profile, allowed) },
        ),
      });
    }
  }
  const image = spec.pods.image && refuseImage(spec.pods.image, profile);
  if (image) problems.push({ path: 'pods.image', ...image });
  return problems;
}

/** Why a profile does not allow an image, or undefined when it does. */
export function refuseImage(
  image: string,
  profile: OfferedProfile,
): Refusal | undefined {
  const images = [
    ...(profile.images.default ? [profile.images.default] : []),
    ...(profile.images.allowed ?? []),
  ];
  if (images.some(prefix => image.startsWith(prefix))) return undefined;
  return images.length
    ? refusal(
        'imageNotOffered',
        `'${image}' is not allowed by profile '${
          profile.name
        }'; it must start with ${list(images)}`,
        { image, ...offered(profile, images) },
      )
    : refusal(
        'noImageOffered',
        `profile '${profile.name}' allows no image of one's own; leave it out`,
        { profile: profile.name },
      );
}

/** Why a profile does not allow so many replicas of one pool, or undefined when it does. */
export function refuseReplicas(
  replicas: number,
  { name, limits }: OfferedProfile,
): Refusal | undefined {
  const most = limits.maxReplicasPerPool;
  return replicas > most
    ? refusal(
        'tooManyReplicas',
        `${replicas} replicas are more than the ${most} per pool that profile '${name}' allows`,
        { replicas, most, profile: name },
      )
    : undefined;
}

/** Why a profile does not allow a service so many GPUs, or undefined when it does. */
export function refuseGpus(
  gpus: number,
  { name, limits }: OfferedProfile,
): Refusal | undefined {
  const most = limits.maxGpus;
  return most !== undefined && gpus > most
    ? refusal(
        'tooManyGpus',
        `both pools together would use up to ${gpus} GPUs; profile '${name}' allows ${most} per service`,
        { gpus, most, profile: name },
      )
    : undefined;
}

function refuseSize(spec: PdServiceSpec, profile: OfferedProfile): Problem[] {
  const problems: Problem[] = [];
  const { maxGpusPerPod } = profile.limits;
  const places = [{}, ...(spec.otherClusters ?? [])] as Array<{
    decodeReplicas?: number;
    prefillReplicas?: number;
  }>;
  places.forEach((place, index) => {
    let gpus = 0;
    for (const name of ['decode', 'prefill'] as const) {
      const override = place[`${name}Replicas`];
      const replicas = override ?? largest(spec[name]);
      gpus += replicas * gpusOfReplica(spec[name]);
      const refused = refuseReplicas(replicas, profile);
      if (refused) {
        problems.push({
          path:
            override === undefined
              ? `${name}.${
                  spec[name].scaling ? 'scaling.maxReplicas' : 'replicas'
                }`
              : `otherClusters.${index - 1}.${name}Replicas`,
          ...refused,
        });
      }
    }
    const refused = refuseGpus(gpus, profile);
    if (refused) {
      problems.push({
        path: index === 0 ? 'decode.replicas' : `otherClusters.${index - 1}`,
        ...refused,
      });
    }
  });
  for (const name of ['decode', 'prefill'] as const) {
    const count = spec[name].gpu?.count ?? 0;
    if (count > maxGpusPerPod) {
      problems.push({
        path: `${name}.parallelism.tensor`,
        ...refusal(
          'tooManyGpusPerPod',
          `a pod would need ${count} GPUs; nodes of profile '${profile.name}' have ${maxGpusPerPod}`,
          { gpus: count, most: maxGpusPerPod, profile: profile.name },
        ),
      });
    }
  }
  return problems;
}

/** Replicas of a pool at its largest. */
export function largest(pool: PoolSpec): number {
  return pool.scaling?.maxReplicas ?? pool.replicas ?? 1;
}

/** GPUs of one replica over all its nodes. */
export function gpusOfReplica(pool: PoolSpec): number {
  const { data = 1, dataLocal = 1 } = pool.parallelism;
  return (pool.gpu?.count ?? 0) * (pool.multiNode ? data / dataLocal : 1);
}

/** A full, lower case reference; what has no kind is a group. */
export function fullGroupRef(ref: string): string {
  const [, kind = 'group', namespace = 'default', name = ref] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(ref) ?? [];
  return `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
}

/** Most of what a profile offers that a sentence lists. */
const LISTED = 12;

const quoted = (values: string[]) =>
  values
    .slice(0, LISTED)
    .map(value => `'${value}'`)
    .join(', ');

function list(values: string[]): string {
  return values.length > LISTED
    ? `${quoted(values)} or another of ${values.length}`
    : quoted(values);
}

/** The profile and what it offers, as words of a refusal. */
function offered({ name }: OfferedProfile, values: string[]) {
  return {
    profile: name,
    offered: values.length > LISTED ? `${quoted(values)}, …` : quoted(values),
  };
}
