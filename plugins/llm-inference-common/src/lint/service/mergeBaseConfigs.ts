import {
  asList,
  asRecord,
  asText,
  type UnknownRecord,
} from '../../resource/unknown';

/** Lists that Kubernetes merges by a key; all other lists replace each other as a whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  volumeMounts: 'mountPath',
};

/** Namespace in which KServe keeps the configurations that every namespace may use. */
const SHARED_NAMESPACE = 'kserve';

/** A spec with its base configurations merged in. */
export interface MergedSpec {
  spec: UnknownRecord;
  /** Whether every configuration that the spec names was known. */
  complete: boolean;
}

/**
 * Merges the base configurations that a spec names beneath it, as KServe does (a later one wins, the spec
 * wins over all). Items of the spec's own lists keep their index, so that paths into the manifest stay true.
 */
export function mergeBaseConfigs(
  spec: UnknownRecord,
  configs: readonly UnknownRecord[],
  namespace: string | undefined,
): MergedSpec {
  const names = asList(spec.baseRefs).map(ref => asText(asRecord(ref).name));
  if (names.length === 0) return { spec, complete: true };
  let merged = spec;
  let complete = true;
  for (const name of names.reverse()) {
    const config = findConfig(name, configs, namespace);
    if (!config) complete = false;
    else merged = asRecord(mergeBeneath(merged, asRecord(config.spec), ''));
  }
  return { spec: merged, complete };
}

function findConfig(
  name: string | undefined,
  configs: readonly UnknownRecord[],
  namespace: string | undefined,
): UnknownRecord | undefined {
  const named = configs.filter(
    config => name !== undefined && asRecord(config.metadata).name === name,
  );
  const inNamespace = (wanted: string | undefined) =>
    named.find(
      config => asText(asRecord(config.metadata).namespace) === wanted,
    );
  // A manifest in a repository often carries no namespace; kustomize adds it later.
  return (
    inNamespace(namespace) ??
    inNamespace(undefined) ??
    (namespace === undefined ? named[0] : inNamespace(SHARED_NAMESPACE))
  );
}

function mergeBeneath(own: unknown, base: unknown, key: string): unknown {
  if (own === undefined || own === null) return base ?? own;
  if (Array.isArray(own)) {
    const mergeKey = Object.hasOwn(MERGE_KEYS, key)
      ? MERGE_KEYS[key]
      : undefined;
    return mergeKey && Array.isArray(base)
      ? mergeLists(own, base, mergeKey)
      : own;
  }
  if (typeof own !== 'object' || typeof base !== 'object' || base === null) {
    return own;
  }
  const result = new Map<string, unknown>(Object.entries(own));
  for (const [name, value] of Object.entries(base)) {
    result.set(name, mergeBeneath(result.get(name), value, name));
  }
  return Object.fromEntries(result);
}

function mergeLists(
  own: readonly unknown[],
  base: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const keyOf = (item: unknown) => asText(asRecord(item)[mergeKey]);
  const byKey = new Map(base.map(item => [keyOf(item), item]));
  const ownKeys = new Set(own.map(keyOf));
  return [
    ...own.map(item =>
      keyOf(item) === undefined
        ? item
        : mergeBeneath(item, byKey.get(keyOf(item)), ''),
    ),
    ...base.filter(item => !ownKeys.has(keyOf(item))),
  ];
}
