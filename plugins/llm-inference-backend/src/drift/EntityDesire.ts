import { createHash } from 'node:crypto';
import type { ScmIntegrations } from '@backstage/integration';
import { ENTITY_REF_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type { FileTree } from './render/FileTree';
import { desiredServices } from './render/desiredServices';
import type { GitFolder } from './repositoryAddress';
import { fileAddress, repositoryKey } from './repositoryAddress';

/** What Git says of a service in one cluster. */
export interface DesiredManifest {
  /** The manifest as JSON: a third of what the object takes. */
  text: string;
  /** Equal for equal manifests. */
  digest: string;
  apiVersion: string;
  /** Whether the manifest names the entity. */
  claims: boolean;
  /** Address of the manifest's file for a browser. */
  url: string;
  /** The folder that a GitOps controller applies. */
  folder: string;
}

/** What Git says of the service of an entity: by cluster, or why nothing can be said. */
export type EntityDesire =
  | { reason: string }
  | {
      /** What was read: a service is rendered again only where it has changed. */
      input: string;
      revision: string;
      repository: string;
      url: string;
      byCluster: Map<string, DesiredManifest | { reason: string }>;
    };

/** Digest of every file below a folder. */
export function digestBelow(files: FileTree, folder: string): string {
  const hash = createHash('sha1');
  for (const [path, text] of files.below(folder)) {
    hash.update(`${path}\n${text.length}\n`).update(text);
  }
  return hash.digest('base64url');
}

/** Renders what a folder says of the service of an entity. */
export function desireOf(options: {
  files: FileTree;
  where: GitFolder;
  service: { namespace: string; name: string };
  entityRef: string;
  input: string;
  revision: string;
  integrations: ScmIntegrations;
}): EntityDesire {
  const { files, where, service, entityRef, integrations } = options;
  const byCluster = new Map<string, DesiredManifest | { reason: string }>();
  for (const [cluster, desired] of desiredServices(
    files,
    where.folder,
    service,
  )) {
    if ('reason' in desired) {
      byCluster.set(cluster, desired);
      continue;
    }
    const { manifest, path, folder } = desired;
    const text = JSON.stringify(manifest);
    const claimed = manifest.metadata?.annotations?.[ENTITY_REF_ANNOTATION];
    byCluster.set(cluster, {
      text,
      digest: createHash('sha1').update(text).digest('base64url'),
      apiVersion: manifest.apiVersion ?? '',
      claims: claimed?.toLocaleLowerCase('en-US') === entityRef,
      url: fileAddress(where.root, path, integrations),
      folder,
    });
  }
  return {
    input: options.input,
    revision: options.revision,
    repository: repositoryKey(where.root),
    url: fileAddress(where.root, where.folder, integrations),
    byCluster,
  };
}
