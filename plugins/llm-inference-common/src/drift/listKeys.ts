import { asRecord } from '../resource/unknown';

/**
 * Lists whose entries have an identity, by the name of the field: their order says nothing. The keys are those of
 * the resource's definition (`x-kubernetes-list-map-keys`), with the values that an absent key stands for.
 */
const LIST_KEYS: Readonly<
  Record<string, ReadonlyArray<{ field: string; absent?: unknown }>>
> = {
  adapters: [{ field: 'name' }],
  add: [{ field: 'name' }],
  claims: [{ field: 'name' }],
  containers: [{ field: 'name' }],
  env: [{ field: 'name' }],
  ephemeralContainers: [{ field: 'name' }],
  headers: [{ field: 'name' }],
  hostAliases: [{ field: 'ip' }],
  imagePullSecrets: [{ field: 'name' }],
  initContainers: [{ field: 'name' }],
  ports: [{ field: 'containerPort' }, { field: 'protocol', absent: 'TCP' }],
  queryParams: [{ field: 'name' }],
  resourceClaims: [{ field: 'name' }],
  schedulingGates: [{ field: 'name' }],
  set: [{ field: 'name' }],
  topologySpreadConstraints: [
    { field: 'topologyKey' },
    { field: 'whenUnsatisfiable' },
  ],
  volumeDevices: [{ field: 'devicePath' }],
  volumeMounts: [{ field: 'mountPath' }],
  volumes: [{ field: 'name' }],
};

/** Lists without keys whose order says nothing either. */
const SETS = new Set([
  'add',
  'allowHeaders',
  'allowMethods',
  'allowOrigins',
  'allowedHeaders',
  'allowedResponseHeaders',
  'drop',
  'exposeHeaders',
  'remove',
  'tolerations',
  'values',
]);

/** Whether the order of a list's entries says nothing, by the name of its field. */
export function isUnordered(name: string): boolean {
  return SETS.has(name);
}

/** The entries of a list by their keys; undefined where it has no keys, or an entry lacks its own or shares it. */
export function entriesByKey(
  name: string,
  list: readonly unknown[],
): Map<string, unknown> | undefined {
  const fields = LIST_KEYS[name];
  if (!fields) return undefined;
  const entries = new Map<string, unknown>();
  for (const entry of list) {
    const record = asRecord(entry);
    const values = fields.map(({ field, absent }) => record[field] ?? absent);
    if (values.some(value => value === undefined)) return undefined;
    const key = values.map(String).join('/');
    if (entries.has(key)) return undefined;
    entries.set(key, entry);
  }
  return entries;
}
