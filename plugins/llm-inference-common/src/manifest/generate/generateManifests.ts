import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import { catalogInfo } from './catalogInfo';
import { inferenceService } from './inferenceService';
import { inferenceServiceComments } from './inferenceServiceComments';
import { baseKustomization, overlays } from './kustomization';
import type { ManifestFile } from './ManifestFile';

/**
 * What is written beside the service itself.
 *
 * @public
 */
export interface GenerateOptions {
  /** Lets the catalog find a TechDocs page in the folder. */
  techDocs?: boolean;
}

/**
 * Writes the folder of a service: its manifests, one overlay per cluster, and its catalog entities. Pure and
 * deterministic: equal input gives equal bytes, in a fixed order.
 *
 * @param spec - a complete spec, from {@link parsePdServiceSpec} or {@link planPdService}
 * @public
 */
export function generateManifests(
  spec: PdServiceSpec,
  options: GenerateOptions = {},
): ManifestFile[] {
  const service = inferenceService(spec);
  const base: ManifestFile[] = [
    objectsFile(
      'base/llm-inference-service.yaml',
      [service],
      [commentedYaml(service, inferenceServiceComments(service))],
    ),
  ];
  return [
    catalogInfo(spec, { techDocs: options.techDocs ?? false }),
    ...base,
    baseKustomization(base),
    ...overlays(spec),
  ];
}

function objectsFile(
  path: string,
  objects: KubernetesObject[],
  documents: string[],
): ManifestFile {
  return { path, content: documents.join('---\n'), objects };
}
