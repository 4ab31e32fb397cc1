import { ResourceKind } from '../../cluster/kinds';

/** The schema of a kind in one of its versions. */
export interface VersionSchema {
  /** The structural schema as it stands in the CustomResourceDefinition. */
  schema: unknown;
}

/** The schemas of custom resources. */
export interface SchemaStore {
  find(kind: ResourceKind, version: string): VersionSchema | undefined;
}
