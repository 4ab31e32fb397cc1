import { SchemaNode } from './structural/SchemaNode';

/** A printer column of a CustomResourceDefinition. */
export interface PrinterColumn {
  name: string;
  type: string;
  jsonPath: string;
  priority: number;
}

/** One version of a custom kind. */
export interface VersionSchema {
  /** The structural schema as it stands in the CustomResourceDefinition. */
  schema: unknown;
  node: SchemaNode;
  columns: PrinterColumn[];
}

/** The schemas of custom resources. */
export interface SchemaStore {
  /** The schema of a kind in one version; undefined where there is none. */
  find(
    kind: { group: string; plural: string },
    version: string,
  ): VersionSchema | undefined;
}
