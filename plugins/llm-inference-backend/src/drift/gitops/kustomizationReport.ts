import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, stringOf } from '../../store/projection/fields';
import type { ControllerReport } from './ControllerReport';
import { pathKey } from './ControllerReport';
import { fluxServices, fluxState } from './fluxState';

/**
 * Reads a Kustomization of Flux; it applies to the cluster that it is in, unless it brings a kubeconfig.
 *
 * @param repositories - keys of repositories by `<namespace>/<name>` of their GitRepository
 */
export function kustomizationReport(
  kustomization: KubernetesObject,
  cluster: string,
  repositories: ReadonlyMap<string, string>,
): ControllerReport {
  const spec = objectOf(kustomization.spec);
  const { name, namespace } = objectOf(spec.sourceRef);
  const repository = repositories.get(
    `${stringOf(namespace) ?? kustomization.metadata?.namespace}/${name}`,
  );
  return {
    ...(spec.kubeConfig === undefined ? { target: cluster } : {}),
    sources: repository
      ? [{ repository, path: pathKey(stringOf(spec.path) ?? '') }]
      : [],
    services: fluxServices(kustomization),
    stateOf: () => fluxState(kustomization, 'Kustomization', cluster),
  };
}
