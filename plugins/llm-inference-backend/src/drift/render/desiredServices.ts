import { posix } from 'node:path';
import { isError } from '@backstage/errors';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { NotRendered } from './NotRendered';
import type { FileTree } from './FileTree';
import type { RenderedService } from './renderFolder';
import { kustomizationOf, renderFolder, servicesIn } from './renderFolder';

/** What a folder says of a service for one cluster. */
export type Desired =
  | {
      manifest: KubernetesObject;
      /** The file that the manifest comes from. */
      path: string;
      /** The folder that a GitOps controller applies. */
      folder: string;
    }
  /** The folder says something that cannot be rendered here. */
  | { reason: string };

/** Stands for every cluster: the folder makes no difference between them. */
export const ANY_CLUSTER = '*';

/**
 * What a service should be, by cluster, as its folder says: one overlay per cluster in `overlays/`, or one
 * kustomization, or plain manifests. Empty where the folder does not have the service.
 */
export function desiredServices(
  files: FileTree,
  folder: string,
  service: { namespace: string; name: string },
): Map<string, Desired> {
  const desired = new Map<string, Desired>();
  const add = (
    cluster: string,
    at: string,
    render: () => RenderedService[],
  ) => {
    try {
      const found = render().find(({ manifest }) => names(manifest, service));
      if (found) desired.set(cluster, { ...found, folder: at });
    } catch (error) {
      if (!(error instanceof NotRendered)) throw error;
      desired.set(cluster, { reason: error.message });
    }
  };
  const overlays = overlaysOf(files, folder);
  for (const [cluster, overlay] of overlays) {
    add(cluster, overlay, () => renderFolder(files, overlay));
  }
  if (overlays.size > 0) return desired;
  add(ANY_CLUSTER, folder, () =>
    kustomizationOf(files, folder)
      ? renderFolder(files, folder)
      : plainManifests(files, folder),
  );
  return desired;
}

/** A manifest without a namespace goes to whichever its controller is told: the entity says which. */
function names(
  { metadata }: KubernetesObject,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  return (
    metadata?.name === name && (metadata.namespace ?? namespace) === namespace
  );
}

function overlaysOf(files: FileTree, folder: string): Map<string, string> {
  const parent = posix.join(folder, 'overlays');
  return new Map(
    files
      .foldersIn(parent)
      .map(cluster => [cluster, posix.join(parent, cluster)]),
  );
}

/** Plain manifests lie in the folder; a file that cannot be read counts only where none of them can be. */
function plainManifests(files: FileTree, folder: string): RenderedService[] {
  const found: RenderedService[] = [];
  let unread: unknown;
  for (const [path, text] of files.below(folder)) {
    try {
      found.push(...servicesIn(text, path));
    } catch (error) {
      unread ??= error;
    }
  }
  if (found.length === 0 && isError(unread)) throw unread;
  return found;
}
