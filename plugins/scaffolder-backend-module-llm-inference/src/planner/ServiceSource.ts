import type {
  AuthService,
  BackstageCredentials,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  PROFILE_ANNOTATION,
  SERVICE_ANNOTATION,
  type OfferedProfile,
} from 'backstage-plugin-llm-inference-common';

import { parseLocation, type FolderLocation } from './folderLocation';

/** A file, with its path in the folder of a service. */
export interface SourceFile {
  path: string;
  content: string;
}

/** A service that exists: its entity, and the folder of a repository that its manifests are in. */
export interface ServiceSource {
  entity: Entity;
  /** Full reference of the entity. */
  entityRef: string;
  name: string;
  location: FolderLocation;
  /** The profile it was made from, while that is still on offer. */
  profile?: OfferedProfile;
  /** Every file of the folder, with paths relative to it. */
  files: SourceFile[];
}

/** A folder of manifests is small; more than this is not one. */
const MOST_FILES = 200;

/** Finds the manifests behind an entity, for people who may change them. */
export class ServiceSources {
  readonly #options: {
    auth: AuthService;
    catalog: CatalogService;
    profiles: OfferedProfile[];
    urlReader: UrlReaderService;
    userInfo: UserInfoService;
  };

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    profiles: OfferedProfile[];
    urlReader: UrlReaderService;
    userInfo: UserInfoService;
  }) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for an entity that is not there
   * @throws InputError for an entity that is no service, or not in a repository
   * @throws NotAllowedError for people who do not own it
   */
  async find(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceSource> {
    const { catalog, profiles } = this.#options;
    const compound = parseEntityRef(ref, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    const entityRef = stringifyEntityRef(compound);
    const entity = await catalog.getEntityByRef(compound, { credentials });
    if (!entity) {
      throw new NotFoundError(`entityRef: the catalog has no ${entityRef}`);
    }
    const annotations = entity.metadata.annotations ?? {};
    const service = annotations[SERVICE_ANNOTATION];
    if (!service) {
      throw new InputError(
        `entityRef: ${entityRef} stands for no LLM service; it lacks the annotation ${SERVICE_ANNOTATION}`,
      );
    }
    await this.#assertOwner(entity, entityRef, credentials);
    const location = parseLocation(annotations[ANNOTATION_LOCATION] ?? '');
    if (!location) {
      throw new InputError(
        `entityRef: ${entityRef} does not come from a file in a Git repository, so there is nothing to change by pull request`,
      );
    }
    return {
      entity,
      entityRef,
      name: service.split('/').at(-1) ?? entity.metadata.name,
      location,
      profile: profiles.find(
        ({ name }) => name === annotations[PROFILE_ANNOTATION],
      ),
      files: await this.#read(location),
    };
  }

  /** Entities that say they use the service, or an API that it provides. */
  async consumers(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const provided = relatedTo(entity, ['providesApi']);
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs: provided },
      { credentials },
    );
    const users = [entity, ...items].flatMap(item =>
      item ? relatedTo(item, ['apiConsumedBy', 'dependencyOf']) : [],
    );
    return [...new Set(users)].sort();
  }

  /**
   * The entity of the catalog's own registration of the address that the service's entity comes from; undefined where
   * the catalog found the file by itself.
   */
  async registration(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const location = await this.#options.catalog.getLocationByEntity(
      entityRef,
      { credentials },
    );
    return location?.entityRef;
  }

  async #assertOwner(
    entity: Entity,
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { auth, userInfo } = this.#options;
    const owners = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
    const mine = auth.isPrincipal(credentials, 'user')
      ? (await userInfo.getUserInfo(credentials)).ownershipEntityRefs
      : [];
    if (!owners.some(owner => mine.includes(owner))) {
      throw new NotAllowedError(
        `entityRef: ${entityRef} belongs to ${
          owners.join(', ') || 'nobody'
        }; only its owners may change it`,
      );
    }
  }

  async #read({ url }: FolderLocation): Promise<ServiceSource['files']> {
    const tree = await this.#options.urlReader.readTree(url);
    const files = await tree.files();
    if (files.length > MOST_FILES) {
      throw new InputError(
        `${url} holds ${files.length} files; that is not the folder of one service`,
      );
    }
    return Promise.all(
      files.map(async file => ({
        path: file.path,
        content: (await file.content()).toString('utf8'),
      })),
    );
  }
}

function relatedTo(entity: Entity, types: string[]): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => types.includes(type))
    .map(({ targetRef }) => targetRef);
}
