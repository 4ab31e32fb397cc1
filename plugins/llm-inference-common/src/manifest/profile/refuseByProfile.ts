import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { PoolSpec } from '../spec/PoolSpec';
import type { Problem } from '../spec/Problem';
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
        message: `'${name}' is not a cluster of profile '${
          profile.name
        }'; choose ${list(profile.clusters)}`,
      });
    }
  }
  if (!profile.namespaces.includes(spec.namespace)) {
    problems.push({
      path: 'namespace',
      message: `'${spec.namespace}' is not a namespace of profile '${
        profile.name
      }'; choose ${list(profile.namespaces)}`,
    });
  }
  const owners = profile.owners.map(fullGroupRef);
  if (!owners.includes(fullGroupRef(spec.owner))) {
    problems.push({
      path: 'owner',
      message: `'${spec.owner}' may not own services of profile '${
        profile.name
      }'; choose ${list(profile.owners)}`,
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
        message: `'${uri}' is not from a place that profile '${
          profile.name
        }' allows; it must start with ${list(allowed)}`,
      });
    }
  }
  const image = spec.pods.image && refuseImage(spec.pods.image, profile);
  if (image) problems.push({ path: 'pods.image', message: image });
  return problems;
}

/** Why a profile does not allow an image, or undefined when it does. */
export function refuseImage(
  image: string,
  profile: OfferedProfile,
): string | undefined {
  const images = [
    ...(profile.images.default ? [profile.images.default] : []),
    ...(profile.images.allowed ?? []),
  ];
  if (images.some(prefix => image.startsWith(prefix))) return undefined;
  return images.length
    ? `'${image}' is not allowed by profile '${
        profile.name
      }'; it must start with ${list(images)}`
    : `profile '${profile.name}' allows no image of one's own; leave it out`;
}

/** Why a profile does not allow so many replicas of one pool, or undefined when it does. */
export function refuseReplicas(
  replicas: number,
  { name, limits }: OfferedProfile,
): string | undefined {
  return replicas > limits.maxReplicasPerPool
    ? `${replicas} replicas are more than the ${limits.maxReplicasPerPool} per pool that profile '${name}' allows`
    : undefined;
}

/** Why a profile does not allow a service so many GPUs, or undefined when it does. */
export function refuseGpus(
  gpus: number,
  { name, limits }: OfferedProfile,
): string | undefined {
  return limits.maxGpus !== undefined && gpus > limits.maxGpus
    ? `both pools together would use up to ${gpus} GPUs; profile '${name}' allows ${limits.maxGpus} per service`
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
      const message = refuseReplicas(replicas, profile);
      if (message) {
        problems.push({
          path:
            override === undefined
              ? `${name}.${
                  spec[name].scaling ? 'scaling.maxReplicas' : 'replicas'
                }`
              : `otherClusters.${index - 1}.${name}Replicas`,
          message,
        });
      }
    }
    const message = refuseGpus(gpus, profile);
    if (message) {
      problems.push({
        path: index === 0 ? 'decode.replicas' : `otherClusters.${index - 1}`,
        message,
      });
    }
  });
  for (const name of ['decode', 'prefill'] as const) {
    const count = spec[name].gpu?.count ?? 0;
    if (count > maxGpusPerPod) {
      problems.push({
        path: `${name}.parallelism.tensor`,
        message: `a pod would need ${count} GPUs; nodes of profile '${profile.name}' have ${maxGpusPerPod}`,
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

function list(values: string[]): string {
  const shown = values.slice(0, 12).map(value => `'${value}'`);
  return values.length > shown.length
    ? `${shown.join(', ')} or another of ${values.length}`
    : shown.join(', ');
}
