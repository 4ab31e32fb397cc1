import { createHash } from 'node:crypto';
import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { stringify } from 'yaml';
import { component } from './component';

/** A repository at https://github.com/platform/llm-gitops, read as GitHub is read: whole, and by commit. */
export class GitRepository {
  static readonly ROOT = 'https://github.com/platform/llm-gitops/tree/main';
  readonly files: Record<string, string>;
  /** Whole readings, less those that found nothing new. */
  reads = 0;
  /** Answers to the next reading instead of the files. */
  failure?: Error;

  constructor(files: Record<string, string>) {
    this.files = files;
  }

  /** The commit that the files stand at. */
  get revision(): string {
    return createHash('sha1').update(JSON.stringify(this.files)).digest('hex');
  }

  /** The portal's way to it. */
  get service() {
    return mockServices.urlReader.mock({
      readTree: (url, options) => this.#read(url, options),
    } as Partial<UrlReaderService>).factory;
  }

  async #read(url: string, options?: UrlReaderServiceReadTreeOptions) {
    if (this.failure) throw this.failure;
    if (url.replace(/\/$/, '') !== GitRepository.ROOT) {
      throw new NotFoundError(`${url} was not found`);
    }
    if (options?.etag === this.revision) throw new NotModifiedError();
    this.reads += 1;
    const files = Object.entries(this.files).filter(
      ([path, text]) => options?.filter?.(path, { size: text.length }) ?? true,
    );
    return {
      etag: this.revision,
      files: async () =>
        files.map(([path, text]) => ({
          path,
          content: async () => Buffer.from(text),
        })),
      archive: async () => {
        throw new Error('not asked for');
      },
      dir: async () => {
        throw new Error('not asked for');
      },
    };
  }
}

const manifest = ({ apiVersion, kind, metadata, spec }: KubernetesObject) => {
  const { name, annotations } = metadata ?? {};
  return stringify({ apiVersion, kind, metadata: { name, annotations }, spec });
};

/** A service as our templates lay it out. */
export const folder = (
  service: KubernetesObject,
  cluster = 'gpu-east',
  of = service.metadata?.name,
) => {
  const at = `services/${of}`;
  return {
    [`${at}/base/service.yaml`]: manifest(service),
    [`${at}/base/kustomization.yaml`]: 'resources: [service.yaml]',
    [`${at}/overlays/${cluster}/kustomization.yaml`]:
      'namespace: llm\nresources: [../../base]',
  };
};

/** An entity as the catalog reads it from Git. */
export function fromGit(name: string, cluster?: string, service = name) {
  const entity = component(name, `llm/${service}`, cluster);
  Object.assign(entity.metadata.annotations!, {
    'backstage.io/source-location': `url:${GitRepository.ROOT}/services/${name}/`,
  });
  return entity;
}
