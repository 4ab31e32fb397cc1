import type { KubernetesObject } from '../../resource/KubernetesObject';

/**
 * One file of a service's folder.
 *
 * @public
 */
export interface ManifestFile {
  /** Path in the folder, with forward slashes. */
  path: string;
  /** The text to write. */
  content: string;
  /** What the text holds, where it is Kubernetes objects. */
  objects?: KubernetesObject[];
}
