import { posix } from 'node:path';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { isObject, objectOf, stringOf } from '../../store/projection/fields';
import type { FileTree } from './FileTree';
import type { Kustomization, KustomizationPatch } from './Kustomization';
import { parseKustomization } from './Kustomization';
import { NotRendered } from './NotRendered';
import { isTargeted, jsonPatch, mergePatch } from './patches';
import { yamlDocuments } from './yamlDocuments';

/** A service as a folder says it should be. */
export interface RenderedService {
  manifest: KubernetesObject;
  /** The file that it comes from. */
  path: string;
}

const KUSTOMIZATIONS = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

const DEEPEST = 10;

const REMOTE = /^[a-z][a-z0-9+.-]*:|^git@|\?ref=|^github\.com\//i;

/** Path of the kustomization of a folder; undefined where it has none. */
export function kustomizationOf(
  files: FileTree,
  folder: string,
): string | undefined {
  return KUSTOMIZATIONS.map(name => posix.join(folder, name)).find(path =>
    files.has(path),
  );
}

/**
 * The LLMInferenceServices that kustomize would build from a folder. What else it would build is passed over; what
 * of kustomize is not read here is an error ({@link NotRendered}) and never a guess.
 */
export function renderFolder(
  files: FileTree,
  folder: string,
  depth = 0,
): RenderedService[] {
  const path = kustomizationOf(files, folder);
  if (!path) {
    throw new NotRendered(`${folder || '.'} has no kustomization`);
  }
  if (depth > DEEPEST) {
    throw new NotRendered(`${folder} is more than ${DEEPEST} bases deep`);
  }
  const kustomization = parseKustomization(
    yamlDocuments(files.get(path) ?? '', path)[0],
    path,
  );
  const services = [...kustomization.bases, ...kustomization.resources].flatMap(
    resource => renderResource(files, folder, resource, depth),
  );
  return services.map(({ manifest, path: from }) => ({
    path: from,
    manifest: transform(manifest, kustomization, files, folder),
  }));
}

function renderResource(
  files: FileTree,
  folder: string,
  resource: string,
  depth: number,
): RenderedService[] {
  if (REMOTE.test(resource)) {
    throw new NotRendered(
      `${folder} builds on ${resource}, which is in no folder of the repository`,
    );
  }
  const path = resolve(folder, resource);
  const text = files.get(path);
  if (text !== undefined) return servicesIn(text, path);
  if (kustomizationOf(files, path)) return renderFolder(files, path, depth + 1);
  throw new NotRendered(
    `${folder} names ${resource}, which was not found in the repository`,
  );
}

/** The LLMInferenceServices in a file. */
export function servicesIn(text: string, path: string): RenderedService[] {
  // Most files of a folder are other manifests: parsing them would be most of the work.
  if (!text.includes('LLMInferenceService')) return [];
  return yamlDocuments(text, path)
    .filter(isService)
    .map(manifest => ({ manifest, path }));
}

function isService(value: unknown): value is KubernetesObject {
  return (
    isObject(value) &&
    value.kind === 'LLMInferenceService' &&
    (stringOf(value.apiVersion) ?? '').startsWith('serving.kserve.io/') &&
    typeof objectOf(value.metadata).name === 'string'
  );
}

function transform(
  manifest: KubernetesObject,
  kustomization: Kustomization,
  files: FileTree,
  folder: string,
): KubernetesObject {
  const { namePrefix, nameSuffix, namespace } = kustomization;
  const patched = patchesOf(kustomization, files, folder).reduce(
    (object, apply) => apply(object),
    manifest,
  );
  const { metadata } = patched;
  const labels = {
    ...metadata?.labels,
    ...kustomization.commonLabels,
    ...Object.assign({}, ...kustomization.labels.map(({ pairs }) => pairs)),
  };
  const annotations = {
    ...metadata?.annotations,
    ...kustomization.commonAnnotations,
  };
  return {
    ...patched,
    metadata: {
      ...metadata,
      name: `${namePrefix}${metadata?.name}${nameSuffix}`,
      ...(namespace ? { namespace } : {}),
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  };
}

type Patch = (object: KubernetesObject) => KubernetesObject;

function patchesOf(
  kustomization: Kustomization,
  files: FileTree,
  folder: string,
): Patch[] {
  const inline = kustomization.patchesStrategicMerge.map(entry =>
    entry.includes('\n') ? { patch: entry } : { path: entry },
  );
  return [
    ...inline,
    ...kustomization.patches,
    ...kustomization.patchesJson6902,
  ].flatMap(entry => readPatch(entry, files, folder));
}

function readPatch(
  { path, patch, target }: KustomizationPatch,
  files: FileTree,
  folder: string,
): Patch[] {
  const at = path === undefined ? folder : resolve(folder, path);
  const text = path === undefined ? patch : files.get(at);
  if (text === undefined) {
    throw new NotRendered(
      `${folder} names ${path}, which was not found in the repository`,
    );
  }
  return yamlDocuments(text, at).map(document => object => {
    const isJson = Array.isArray(document);
    if (!isJson && !isObject(document)) {
      throw new NotRendered(`${at} is not a patch`);
    }
    const wanted = target ?? (isObject(document) ? ownTarget(document) : {});
    if (!isTargeted(wanted, object)) return object;
    const patched = isJson
      ? jsonPatch(object, document)
      : {
          ...objectOf(mergePatch(object, document)),
          metadata: mergedMetadata(object, document),
        };
    if (!isService(patched)) {
      throw new NotRendered(`${at} leaves no LLMInferenceService behind`);
    }
    return patched;
  });
}

/** A merge patch names its object; what identifies the object is not changed by it. */
function mergedMetadata(object: KubernetesObject, patch: unknown) {
  const { name, namespace } = object.metadata ?? {};
  return {
    ...objectOf(mergePatch(object.metadata, objectOf(patch).metadata ?? {})),
    name,
    ...(namespace ? { namespace } : {}),
  };
}

function ownTarget(patch: Record<string, unknown>) {
  const [group, version] = (stringOf(patch.apiVersion) ?? '').split('/');
  return {
    group,
    version,
    kind: stringOf(patch.kind),
    name: stringOf(objectOf(patch.metadata).name),
  };
}

function resolve(folder: string, path: string): string {
  const resolved = posix.normalize(posix.join(folder, path)).replace(/\/$/, '');
  if (resolved.startsWith('..') || posix.isAbsolute(resolved)) {
    throw new NotRendered(
      `${folder} names ${path}, which is outside the repository`,
    );
  }
  return resolved === '.' ? '' : resolved;
}
