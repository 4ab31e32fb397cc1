import { asList, asRecord, asText } from './unknown';

/** One entry of a container's `env`. @public */
export interface EnvironmentVariable {
  name: string;
  /** The literal value as text; absent where it comes from elsewhere. */
  value?: string;
  /** True where the literal was a YAML boolean or number, which the API server refuses. */
  unquoted?: boolean;
  /** `valueFrom.fieldRef.fieldPath`, for example `status.podIP`. */
  fieldPath?: string;
  /** Secret or ConfigMap the value is read from. */
  reference?: { kind: 'Secret' | 'ConfigMap'; name: string; key?: string };
}

/** A container's environment by name; a later entry of the same name wins. @public */
export function readEnvironment(
  container: unknown,
): ReadonlyMap<string, EnvironmentVariable> {
  const variables = new Map<string, EnvironmentVariable>();
  for (const item of asList(asRecord(container).env)) {
    const entry = asRecord(item);
    const name = asText(entry.name);
    if (name !== undefined) {
      variables.set(name, readVariable(name, entry));
    }
  }
  return variables;
}

function readVariable(
  name: string,
  entry: Readonly<Record<string, unknown>>,
): EnvironmentVariable {
  const { value } = entry;
  if (typeof value === 'string') {
    return { name, value };
  }
  if (typeof value === 'boolean' || typeof value === 'number') {
    return { name, value: String(value), unquoted: true };
  }
  const from = asRecord(entry.valueFrom);
  const fieldPath = asText(asRecord(from.fieldRef).fieldPath);
  if (fieldPath !== undefined) {
    return { name, fieldPath };
  }
  for (const [key, kind] of [
    ['secretKeyRef', 'Secret'],
    ['configMapKeyRef', 'ConfigMap'],
  ] as const) {
    const reference = asRecord(from[key]);
    const target = asText(reference.name);
    if (target !== undefined) {
      return {
        name,
        reference: { kind, name: target, key: asText(reference.key) },
      };
    }
  }
  return { name };
}

/**
 * Whether the engine's arguments may come from where its container does not show them: from a ConfigMap, or from
 * any other source of `VLLM_ADDITIONAL_ARGS` than its text. A Secret as a whole holds credentials, not arguments.
 *
 * @public
 */
export function mayHideArguments(container: unknown): boolean {
  const additional = readEnvironment(container).get('VLLM_ADDITIONAL_ARGS');
  return (
    (additional !== undefined && additional.value === undefined) ||
    (additional === undefined &&
      asList(asRecord(container).envFrom).some(
        source => asRecord(source).configMapRef !== undefined,
      ))
  );
}

/** How a pool sets the address that NIXL advertises to its peers. @public */
export type SideChannelHost =
  | { state: 'PodIp' }
  | { state: 'Unset' }
  /** One fixed address for all pods of the pool, which can be right for one pod at most. */
  | { state: 'Literal'; value: string }
  /** Set from a source whose value cannot be seen here. */
  | { state: 'Other' };

/** Reads `VLLM_NIXL_SIDE_CHANNEL_HOST`; unset, vLLM advertises `localhost`. @public */
export function readSideChannelHost(
  environment: ReadonlyMap<string, EnvironmentVariable>,
): SideChannelHost {
  const variable = environment.get('VLLM_NIXL_SIDE_CHANNEL_HOST');
  if (!variable || variable.value === '') {
    return { state: 'Unset' };
  }
  if (/^status\.podIPs?$/.test(variable.fieldPath ?? '')) {
    return { state: 'PodIp' };
  }
  if (variable.value === undefined) {
    return { state: 'Other' };
  }
  // $(POD_IP) is expanded by the kubelet from another variable of the same container.
  const indirect = /^\$\(([^)]+)\)$/.exec(variable.value);
  if (indirect) {
    const target = environment.get(indirect[1]);
    return target?.fieldPath && /^status\.podIPs?$/.test(target.fieldPath)
      ? { state: 'PodIp' }
      : { state: 'Other' };
  }
  return { state: 'Literal', value: variable.value };
}
