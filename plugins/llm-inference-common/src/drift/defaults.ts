/**
 * What stands where nothing is said, by the end of a path (`[]` is an entry of a list): the defaults that the
 * resource's definition writes into an object, and those that its controller reads out of an absent field.
 */
const DEFAULTS: ReadonlyArray<readonly [path: string, value: unknown]> = [
  ['spec.replicas', 1],
  ['prefill.replicas', 1],
  ['scaling.minReplicas', 1],
  ['wva.variantCost', '10.0'],
  ['fallback.behavior', 'static'],
  ['kvCacheOffloading.evictionPolicy', 'lru'],
  ['pool.spec.appProtocol', 'http'],
  ['endpointPickerRef.failureMode', 'FailClose'],
  ['endpointPickerRef.kind', 'Service'],
  // Pods
  ['ports[].protocol', 'TCP'],
  ['azureDisk.fsType', 'ext4'],
  ['scaleIO.fsType', 'xfs'],
  ['scaleIO.storageMode', 'ThinProvisioned'],
  ['iscsi.iscsiInterface', 'default'],
  ['rbd.keyring', '/etc/ceph/keyring'],
  ['rbd.pool', 'rbd'],
  ['rbd.user', 'admin'],
  // Routes
  ['parentRefs[].group', 'gateway.networking.k8s.io'],
  ['parentRefs[].kind', 'Gateway'],
  ['backendRef.kind', 'Service'],
  ['backendRefs[].kind', 'Service'],
  ['backendRefs[].weight', 1],
  ['fraction.denominator', 100],
  ['cors.maxAge', 5],
  ['requestRedirect.statusCode', 302],
  ['cookieConfig.lifetimeType', 'Session'],
  ['sessionPersistence.type', 'Cookie'],
  ['headers[].type', 'Exact'],
  ['queryParams[].type', 'Exact'],
  ['matches[].path.type', 'PathPrefix'],
  ['matches[].path.value', '/'],
];

const BY_NAME = new Map<string, Array<readonly [string, unknown]>>();
for (const entry of DEFAULTS) {
  const name = entry[0].slice(entry[0].lastIndexOf('.') + 1);
  BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), entry]);
}

/** Fields for which `false` says as much as nothing. */
const FALSE_IS_NOTHING = new Set([
  'expert',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'optional',
  'readOnly',
  'stdin',
  'stdinOnce',
  'tty',
]);

/** Objects that say as much when empty as when absent. Of any other, such as `scheduler: {}`, being there says something. */
const EMPTY_IS_NOTHING = new Set([
  'affinity',
  'annotations',
  'labels',
  'limits',
  'metadata',
  'nodeSelector',
  'requests',
  'resources',
  'securityContext',
]);

/** Objects whose keys are free: an empty text is a value there. */
const FREE_KEYS = /(^|\.)(nodeSelector|labels|annotations|matchLabels)\..+$/;

const EMPTY_MATCH = /(^|\.)(matches\[\](\.path)?|rules\[\])$/;

/** Whether a value says nothing at a path: it is empty, or what stands there anyway. */
export function saysNothing(path: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') {
    return (
      Object.keys(value).length === 0 &&
      (EMPTY_IS_NOTHING.has(name) || EMPTY_MATCH.test(path))
    );
  }
  if (value === '') return !FREE_KEYS.test(path);
  if (value === false && FALSE_IS_NOTHING.has(name)) return true;
  return (BY_NAME.get(name) ?? []).some(
    ([end, standing]) =>
      standing === value && (path === end || path.endsWith(`.${end}`)),
  );
}
