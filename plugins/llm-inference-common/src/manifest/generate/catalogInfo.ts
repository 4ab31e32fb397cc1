import { CLUSTER_ANNOTATION, SERVICE_ANNOTATION } from '../../api/annotations';
import type { ModelArchitecture } from '../../sizing/ModelArchitecture';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml, yamlFile } from '../yaml/commentedYaml';
import type { ManifestFile } from './ManifestFile';
import { clustersOf, serviceLabels } from './names';
import { modelMetadata, servesModel } from './modelMetadata';
import { openAiDefinition } from './openAiDefinition';

/** Annotation of an entity that names the profile its service was made from. @public */
export const PROFILE_ANNOTATION = 'llm-inference.backstage.io/profile';

/**
 * Annotation of an entity with several clusters that lists them, its own first. The annotation of a single
 * cluster would hide the others.
 *
 * @public
 */
export const CLUSTERS_ANNOTATION = 'llm-inference.backstage.io/clusters';

/** Annotation of an entity that says which KServe its manifests were made for. @public */
export const KSERVE_VERSION_ANNOTATION =
  'llm-inference.backstage.io/kserve-version';

/**
 * Entities of a service: the Component, the API that it provides, and the model that it depends on.
 */
export function catalogInfo(
  spec: PdServiceSpec,
  options: { techDocs: boolean; architecture?: ModelArchitecture },
): ManifestFile {
  const { name, owner, lifecycle } = spec;
  const facts = modelMetadata(spec.model.uri, options.architecture);
  const common = {
    lifecycle,
    owner,
    ...(spec.system && { system: spec.system }),
  };
  const component = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      ...(spec.title && { title: spec.title }),
      description: [spec.description, servesModel(spec.model.name)]
        .filter(Boolean)
        .join(' '),
      annotations: {
        [SERVICE_ANNOTATION]: `${spec.namespace}/${name}`,
        ...(spec.otherClusters
          ? { [CLUSTERS_ANNOTATION]: clustersOf(spec).join(',') }
          : { [CLUSTER_ANNOTATION]: spec.cluster }),
        'backstage.io/kubernetes-label-selector': Object.entries(
          serviceLabels(name),
        )
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
        'backstage.io/kubernetes-namespace': spec.namespace,
        ...(options.techDocs && { 'backstage.io/techdocs-ref': 'dir:.' }),
        ...(spec.profile && { [PROFILE_ANNOTATION]: spec.profile }),
        [KSERVE_VERSION_ANNOTATION]: spec.kserveVersion,
      },
      tags: ['llm', 'kserve', 'prefill-decode'],
    },
    spec: {
      type: 'model-server',
      ...common,
      providesApis: [name],
      dependsOn: [`resource:default/${name}-model`],
    },
  };
  const api = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name,
      title: `${spec.title ?? name} (OpenAI-compatible)`,
    },
    spec: { type: 'openapi', ...common, definition: openAiDefinition(spec) },
  };
  const model = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `${name}-model`,
      title: spec.model.name,
      description: `Weights at ${spec.model.uri}${
        facts.words ? `: ${facts.words}` : ''
      }`,
      ...(Object.keys(facts.annotations).length > 0 && {
        annotations: facts.annotations,
      }),
      ...(facts.links.length > 0 && { links: facts.links }),
    },
    spec: {
      type: 'ai-model',
      owner,
      ...(spec.system && { system: spec.system }),
    },
  };
  return {
    path: 'catalog-info.yaml',
    content: yamlFile([
      commentedYaml(component, [
        {
          path: ['metadata', 'annotations', SERVICE_ANNOTATION],
          text: 'Binds this entity to its LLMInferenceService, which names this entity in turn.',
        },
      ]),
      commentedYaml(api),
      commentedYaml(model),
    ]),
  };
}
