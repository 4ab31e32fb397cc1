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

/** The fields and indices of a path that `joinPath` has made; stops at what is no such path. */
export function splitPath(path: string): Array<string | number> {
  const steps: Array<string | number> = [];
  const step = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;
  for (let match = step.exec(path); match; match = step.exec(path)) {
    const [, field, index, quoted] = match;
    if (field !== undefined) steps.push(field);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(JSON.parse(quoted) as string);
  }
  return steps;
}
