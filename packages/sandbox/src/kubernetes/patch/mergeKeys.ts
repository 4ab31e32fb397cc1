/** How the lists of built-in kinds merge: by the keys of their items, as sets, or (where not named) as a whole. */
const LISTS: Record<string, { keys: string[]; isSet?: boolean }> = {
  containers: { keys: ['name'] },
  initContainers: { keys: ['name'] },
  ephemeralContainers: { keys: ['name'] },
  env: { keys: ['name'] },
  volumes: { keys: ['name'] },
  volumeMounts: { keys: ['mountPath'] },
  volumeDevices: { keys: ['devicePath'] },
  imagePullSecrets: { keys: ['name'] },
  resourceClaims: { keys: ['name'] },
  schedulingGates: { keys: ['name'] },
  secrets: { keys: ['name'] },
  hostAliases: { keys: ['ip'] },
  podIPs: { keys: ['ip'] },
  hostIPs: { keys: ['ip'] },
  topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
  conditions: { keys: ['type'] },
  taints: { keys: ['key', 'effect'] },
  ownerReferences: { keys: ['uid'] },
  finalizers: { keys: [], isSet: true },
};

const CONTAINER_PORT_KEYS = ['containerPort', 'protocol'];
const SERVICE_PORT_KEYS = ['port', 'protocol'];

function listAt(path: readonly string[]) {
  const field = path[path.length - 1];
  if (field === 'ports') {
    return {
      keys:
        path.includes('containers') || path.includes('initContainers')
          ? CONTAINER_PORT_KEYS
          : SERVICE_PORT_KEYS,
    };
  }
  if (field === 'addresses' && path[0] === 'status') {
    return { keys: ['type'] };
  }
  return Object.hasOwn(LISTS, field) ? LISTS[field] : undefined;
}

/** The key by which a strategic merge patch merges the list at a path; '' for sets, undefined for whole lists. */
export function strategicMergeKey(path: readonly string[]): string | undefined {
  const list = listAt(path);
  if (!list) {
    return undefined;
  }
  return list.isSet ? '' : list.keys[0];
}

/** The keys of server-side apply's associative lists of built-in kinds. */
export function applyListType(
  path: readonly string[],
): 'atomic' | 'set' | string[] {
  const list = listAt(path);
  if (!list) {
    return 'atomic';
  }
  return list.isSet ? 'set' : list.keys;
}

const ATOMIC_MAPS = new Set([
  'selector',
  'nodeSelector',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
  'matchLabels',
  'fieldRef',
  'resourceFieldRef',
  'secretKeyRef',
  'configMapKeyRef',
  'involvedObject',
  'scaleTargetRef',
  'roleRef',
]);

/** Whether server-side apply takes the map at a path of a built-in kind as a whole. */
export function isAtomicMap(path: readonly string[]): boolean {
  return ATOMIC_MAPS.has(path[path.length - 1]);
}
