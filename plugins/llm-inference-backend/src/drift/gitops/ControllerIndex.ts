import type {
  GitOpsState,
  KubernetesObject,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { objectOf, stringOf } from '../../store/projection/fields';
import { repositoryKey } from '../repositoryAddress';
import { applicationReport } from './applicationReport';
import type { ControllerReport } from './ControllerReport';
import { pathKey } from './ControllerReport';
import { helmReleaseReport, labelOf } from './helmReleaseReport';
import { kustomizationReport } from './kustomizationReport';

/** What the index is made from. */
export interface ControllingCluster {
  name: string;
  url?: string;
  store: { objectsOfKind(kind: string): Iterable<KubernetesObject> };
}

/** Finds what GitOps controllers say of a service, made anew whenever one of them says something else. */
export class ControllerIndex {
  readonly #byService = new Map<string, ControllerReport[]>();
  readonly #byPath = new Map<string, ControllerReport[]>();
  readonly #byLabel = new Map<string, ControllerReport[]>();

  constructor(clusters: ControllingCluster[]) {
    const clusterAt = (address: string) =>
      clusters.find(({ url }) => url && sameAddress(url, address))?.name;
    for (const { name, store } of clusters) {
      const repositories = new Map<string, string>();
      for (const { metadata, spec } of store.objectsOfKind('GitRepository')) {
        const address = stringOf(objectOf(spec).url);
        if (!address) continue;
        const key = `${metadata?.namespace}/${metadata?.name}`;
        repositories.set(key, repositoryKey(address));
      }
      for (const object of store.objectsOfKind('Application')) {
        this.#add(applicationReport(object, name, clusterAt));
      }
      for (const object of store.objectsOfKind('Kustomization')) {
        this.#add(kustomizationReport(object, name, repositories));
      }
      for (const object of store.objectsOfKind('HelmRelease')) {
        this.#add(helmReleaseReport(object, name));
      }
    }
  }

  /**
   * What the controller of a service that runs says.
   *
   * @param resource - the service as its cluster has it
   */
  ofRunning(
    service: ServiceRef,
    resource: KubernetesObject | undefined,
  ): GitOpsState | undefined {
    const key = `${service.namespace}/${service.name}`;
    const label = resource && labelOf(resource);
    const reports = [
      ...(this.#byService.get(key) ?? []),
      ...(label ? this.#byLabel.get(label) ?? [] : []),
    ];
    return reports
      .find(({ target }) => target === service.cluster)
      ?.stateOf(key);
  }

  /**
   * What the controller says that should apply a service from a folder. Only controllers that apply this folder
   * count, or one around it: a manifest that merely uses the name of another team's service must not tell what
   * became of that.
   */
  ofExpected(
    { cluster, namespace, name }: ServiceRef,
    { repository, folder }: { repository: string; folder: string },
  ): GitOpsState | undefined {
    const key = `${namespace}/${name}`;
    const fits = ({ target, sources }: ControllerReport) =>
      target === cluster &&
      sources.some(
        source =>
          source.repository === repository && isWithin(folder, source.path),
      );
    const report =
      this.#byService.get(key)?.find(fits) ??
      this.#byPath.get(pathKey(folder))?.find(fits);
    return report?.stateOf(key);
  }

  #add(report: ControllerReport): void {
    for (const service of report.services) {
      push(this.#byService, service, report);
    }
    if (report.label) push(this.#byLabel, report.label, report);
    for (const { path } of report.sources) push(this.#byPath, path, report);
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === '' || `${pathKey(folder)}/`.startsWith(`${path}/`);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function sameAddress(a: string, b: string): boolean {
  const normal = (url: string) => url.replace(/\/+$/, '').toLowerCase();
  return normal(a) === normal(b);
}
