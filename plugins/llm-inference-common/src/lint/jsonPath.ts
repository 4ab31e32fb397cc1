/**
 * Appends fields and indices to a JSON path: `joinPath('spec', 'env', 2, 'a.b/c')` is
 * `spec.env[2]["a.b/c"]`.
 */
export function joinPath(
  base: string,
  ...steps: readonly (string | number)[]
): string {
  let path = base;
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) {
      path += path === '' ? step : `.${step}`;
    } else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}
