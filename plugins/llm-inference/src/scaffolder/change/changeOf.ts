/** Where the fields of the form that changes a service go in a change. */
const PATHS: Record<string, string[]> = {
  prefillReplicas: ['prefill.replicas'],
  decodeReplicas: ['decode.replicas'],
  image: ['image'],
  memoryLimit: ['prefill.memory.limit', 'decode.memory.limit'],
  maxModelLength: ['engine.max-model-len'],
  maxRequests: ['decode.arguments.max-num-seqs'],
  startupBudgetSeconds: ['startupBudgetSeconds'],
};

/** A field of the form that the checks of a change know. */
export type ChangeFieldName = keyof typeof PATHS;

/** The change in a form's data; what is left open is left out. */
export function changeOf(formData: unknown): Record<string, unknown> {
  const data = (formData ?? {}) as Record<string, unknown>;
  const change: Record<string, unknown> = {};
  for (const [field, paths] of Object.entries(PATHS)) {
    const value = data[field];
    if (value !== undefined && value !== '') {
      for (const path of paths) put(change, path.split('.'), value);
    }
  }
  return change;
}

/** Whether a problem of a change is about a field of the form. */
export function isAbout(field: ChangeFieldName, path: string): boolean {
  return PATHS[field][0] === path;
}

function put(
  target: Record<string, unknown>,
  [key, ...rest]: string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = (target[key] ?? {}) as Record<string, unknown>;
  target[key] = inner;
  put(inner, rest, value);
}
