import { objectOf, objectsOf, pick, stringOf } from './fields';
import type { JsonObject } from './fields';

/**
 * What health reads of a container. `command` stays out on purpose: in KServe's presets it is an eight
 * KiB start script that itself contains the arguments one would search for.
 */
const CONTAINER_FIELDS = [
  'name',
  'image',
  'args',
  'ports',
  'resources',
  'restartPolicy',
  'startupProbe',
  'livenessProbe',
  'readinessProbe',
  'terminationMessagePolicy',
  'securityContext',
] as const;

const POD_SPEC_FIELDS = [
  'nodeSelector',
  'tolerations',
  'affinity',
  'topologySpreadConstraints',
  'schedulingGates',
  'imagePullSecrets',
  'serviceAccountName',
  'priorityClassName',
  'resourceClaims',
  'hostNetwork',
  'hostIPC',
  'restartPolicy',
] as const;

/** The volume every pod gets for its service account; its name differs in every pod of a template. */
const SERVICE_ACCOUNT_VOLUME = /^kube-api-access-/;

const SECRET_NAME = /token|secret|passw|credential|api_?key|access_?key/i;

/** Stands where a literal secret stood. */
export const REDACTED = '[redacted]';

/** The part of a pod's spec that all pods of one template have in common: everything but the node. */
export function projectPodSpec(value: unknown): JsonObject {
  const spec = objectOf(value);
  const projected = pick(spec, POD_SPEC_FIELDS);
  for (const group of ['initContainers', 'containers']) {
    const containers = objectsOf(spec[group]).map(projectContainer);
    if (containers.length > 0) projected[group] = containers;
  }
  const volumes = objectsOf(spec.volumes).filter(
    volume => !SERVICE_ACCOUNT_VOLUME.test(stringOf(volume.name) ?? ''),
  );
  if (volumes.length > 0) projected.volumes = volumes;
  return projected;
}

function projectContainer(container: JsonObject): JsonObject {
  const projected = pick(container, CONTAINER_FIELDS);
  const env = objectsOf(container.env).map(projectVariable);
  if (env.length > 0) projected.env = env;
  const envFrom = objectsOf(container.envFrom);
  if (envFrom.length > 0) projected.envFrom = envFrom;
  const mounts = objectsOf(container.volumeMounts)
    .filter(mount => !SERVICE_ACCOUNT_VOLUME.test(stringOf(mount.name) ?? ''))
    .map(mount => pick(mount, ['name', 'mountPath']));
  if (mounts.length > 0) projected.volumeMounts = mounts;
  return projected;
}

/** A literal value under a name that speaks of a secret never enters memory. */
function projectVariable(variable: JsonObject): JsonObject {
  const projected = pick(variable, ['name', 'value', 'valueFrom']);
  if (
    projected.value !== undefined &&
    SECRET_NAME.test(stringOf(variable.name) ?? '')
  ) {
    projected.value = REDACTED;
  }
  return projected;
}
