/** Objects in snippets for which there are types: group of the API → package with one module per version. */
const PACKAGES = {
  'argoproj.io': '@kubernetes-models/argo-cd',
  'kustomize.toolkit.fluxcd.io': '@kubernetes-models/flux-cd',
  'source.toolkit.fluxcd.io': '@kubernetes-models/flux-cd',
};

const packageOf = ({ apiVersion }) => PACKAGES[apiVersion?.split('/')[0]];

/** Whether there are types for every object of a snippet. */
export function haveTypes(objects) {
  return objects.every(object => object?.kind && packageOf(object));
}

/** Objects as a TypeScript snippet: missing, misspelt and wrongly typed fields are errors of types. */
export function typedObjects({ file, line }, objects) {
  const [imports, values] = [[], []];
  objects.forEach((object, index) => {
    const { apiVersion, kind } = object;
    imports.push(
      `import type { I${kind} as T${index} } from '${packageOf(
        object,
      )}/${apiVersion}';`,
    );
    values.push(
      `export const o${index}: T${index} = ${JSON.stringify(object)};`,
    );
  });
  return { file, line, given: imports.join(' '), code: values.join(' ') };
}
