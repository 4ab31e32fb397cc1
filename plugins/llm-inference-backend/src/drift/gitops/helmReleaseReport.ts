import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, stringOf } from '../../store/projection/fields';
import type { ControllerReport } from './ControllerReport';
import { fluxServices, fluxState } from './fluxState';

const NAME_LABEL = 'helm.toolkit.fluxcd.io/name';
const NAMESPACE_LABEL = 'helm.toolkit.fluxcd.io/namespace';

/**
 * Reads a HelmRelease of Flux. What it applies comes out of a chart, so that no folder of Git is its source; older
 * controllers keep no inventory, and label what they apply.
 */
export function helmReleaseReport(
  release: KubernetesObject,
  cluster: string,
): ControllerReport {
  const { kubeConfig, targetNamespace } = objectOf(release.spec);
  const { name, namespace = '' } = release.metadata ?? {};
  return {
    ...(kubeConfig === undefined ? { target: cluster } : {}),
    sources: [],
    services: fluxServices(release),
    label: `${namespace}/${name} ${stringOf(targetNamespace) ?? namespace}`,
    stateOf: () => fluxState(release, 'HelmRelease', cluster),
  };
}

/**
 * What a report is labelled with that speaks of a service. A label may be written by anybody who may write the
 * service: it counts only for a release that installs to the namespace of the service.
 */
export function labelOf(service: KubernetesObject): string | undefined {
  const { labels, namespace } = service.metadata ?? {};
  const name = labels?.[NAME_LABEL];
  const releaseNamespace = labels?.[NAMESPACE_LABEL];
  return name && releaseNamespace
    ? `${releaseNamespace}/${name} ${namespace}`
    : undefined;
}
