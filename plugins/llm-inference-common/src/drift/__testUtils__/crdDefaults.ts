import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

interface Schema {
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  'x-kubernetes-list-map-keys'?: string[];
}

const FILE = 'serving.kserve.io_llminferenceservices.yaml';

/** Folder with the real CRDs; without it the checks against them are skipped. */
export const CRDS_DIR = process.env.KSERVE_CRDS_DIR;

/** The schema of the spec in one version of the real definition. */
export function specSchema(version: string): Schema {
  const path = join(CRDS_DIR ?? '', FILE);
  if (!existsSync(path)) throw new Error(`KSERVE_CRDS_DIR has no ${FILE}`);
  const [definition] = parseAllDocuments(readFileSync(path, 'utf8'));
  return definition
    .toJS()
    .spec.versions.find(({ name }: { name: string }) => name === version).schema
    .openAPIV3Schema.properties.spec;
}

/** A value as the API server keeps it: with the defaults of the schema filled in. */
export function withDefaults(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) {
    return value.map(entry => withDefaults(entry, schema.items ?? {}));
  }
  if (typeof value !== 'object' || value === null) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!(name in filled) && property.default !== undefined) {
      filled[name] = property.default;
    }
    if (name in filled) filled[name] = withDefaults(filled[name], property);
  }
  return filled;
}

/** Every default of a schema, each as the smallest spec around it, without and with the default. */
export function defaultCases(
  schema: Schema,
): Array<{ path: string; without: unknown; filled: unknown }> {
  const cases: Array<{ path: string; without: unknown; filled: unknown }> = [];
  const walk = (
    node: Schema,
    path: string,
    around: (value: unknown) => unknown,
  ): void => {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      const at = `${path}.${name}`;
      const inside = (value: unknown) => around({ here: 'yes', [name]: value });
      if (property.default !== undefined) {
        const without = around({ here: 'yes' });
        cases.push({ path: at, without, filled: inside(property.default) });
      }
      walk(property, at, inside);
      const { items } = property;
      if (items) {
        const keys = property['x-kubernetes-list-map-keys'] ?? [];
        const identity = Object.fromEntries(
          keys
            .filter(key => items.properties?.[key]?.default === undefined)
            .map(key => [key, 'a']),
        );
        walk(items, `${at}[]`, value =>
          inside([{ ...identity, ...(value as object) }]),
        );
      }
    }
  };
  walk(schema, 'spec', value => value);
  return cases;
}

/** The lists of a schema that have keys, by name, with their keys. */
export function keyedLists(schema: Schema): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  const walk = (node: Schema, name: string): void => {
    const keys = node['x-kubernetes-list-map-keys'];
    if (keys) lists.set(name, keys);
    for (const [key, property] of Object.entries(node.properties ?? {})) {
      walk(property, key);
    }
    if (node.items) walk(node.items, name);
  };
  walk(schema, 'spec');
  return lists;
}
