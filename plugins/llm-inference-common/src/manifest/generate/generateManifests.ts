import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml, yamlFile } from '../yaml/commentedYaml';
import { catalogInfo } from './catalogInfo';
import { documentation } from './documentation';
import type { GenerateOptions } from './GenerateOptions';
import { gitOpsObjects } from './gitOps';
import { inferenceService } from './inferenceService';
import { inferenceServiceComments } from './inferenceServiceComments';
import { baseKustomization, overlays } from './kustomization';
import type { ManifestFile } from './ManifestFile';
import { networkPolicy, networkPolicyComments } from './networkPolicy';
import { POD_MONITOR_HEADERS, podMonitors } from './podMonitors';
import { prometheusRule } from './prometheusRule';
import { repositoryFiles } from './repositoryFiles';

/**
 * Writes the folder of a service: its manifests, one overlay per cluster, its catalog entities and its
 * documentation. Pure and deterministic: equal input gives equal bytes, in a fixed order.
 *
 * @param spec - a complete spec, from {@link parsePdServiceSpec} or {@link planPdService}
 * @param options - what goes beside the service; see {@link generateOptionsOf}
 * @public
 */
export function generateManifests(
  spec: PdServiceSpec,
  options: GenerateOptions = { layout: 'shared' },
): ManifestFile[] {
  const documented = options.documentation !== false;
  const base = baseFiles(spec, options);
  return [
    catalogInfo(spec, {
      techDocs: documented,
      architecture: options.architecture,
    }),
    ...(documented ? documentation(spec, options) : []),
    ...base,
    baseKustomization(base),
    ...overlays(spec),
    ...gitOpsObjects(spec, options).map(({ cluster, object }) =>
      objectsFile(
        `gitops/${cluster}.yaml`,
        [object],
        [
          commentedYaml(
            object,
            [],
            `Apply this once in the cluster of the GitOps controller; it then follows overlays/${cluster}.`,
          ),
        ],
      ),
    ),
    ...repositoryFiles(spec, options),
  ];
}

function baseFiles(
  spec: PdServiceSpec,
  options: GenerateOptions,
): ManifestFile[] {
  const service = inferenceService(spec);
  const files = [
    objectsFile(
      'base/llm-inference-service.yaml',
      [service],
      [commentedYaml(service, inferenceServiceComments(service, spec))],
    ),
  ];
  if (options.networkPolicy !== false) {
    const policy = networkPolicy(spec, options);
    files.push(
      objectsFile(
        'base/network-policy.yaml',
        [policy],
        [commentedYaml(policy, networkPolicyComments(spec))],
      ),
    );
  }
  if (options.monitoring) {
    const monitors = podMonitors(spec, options.monitoring);
    const rule = prometheusRule(spec, options.monitoring);
    files.push(
      objectsFile(
        'base/pod-monitors.yaml',
        monitors,
        monitors.map((monitor, index) =>
          commentedYaml(monitor, [], POD_MONITOR_HEADERS[index]),
        ),
      ),
      objectsFile('base/prometheus-rule.yaml', [rule], [commentedYaml(rule)]),
    );
  }
  return files;
}

function objectsFile(
  path: string,
  objects: KubernetesObject[],
  documents: string[],
): ManifestFile {
  return { path, content: yamlFile(documents), objects };
}
