import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isRecord, JsonRecord, recordAt } from '../../cluster/json';
import { PrinterColumn, SchemaStore, VersionSchema } from './SchemaStore';
import { readSchema } from './structural/SchemaNode';

/**
 * The schemas of a folder of CustomResourceDefinition files. A file is read when one of its kinds is first asked
 * for, which for the largest takes about a second; after that a validation takes milliseconds.
 * @throws where the folder cannot be read
 */
export function loadCrdSchemas(directory: string): SchemaStore {
  const files = readdirSync(directory)
    .filter(file => /\.ya?ml$/.test(file))
    .map(file => readText(join(directory, file)));
  const versions = new Map<string, VersionSchema | undefined>();
  return {
    find: ({ group, plural }, version) => {
      const key = `${plural}.${group}/${version}`;
      if (!versions.has(key)) {
        const definition = files
          .filter(file => file.names.has(`${plural}.${group}`))
          .flatMap(file => file.definitions())
          .find(
            ({ spec }) =>
              recordAt(spec).group === group &&
              recordAt(spec, 'names').plural === plural,
          );
        versions.set(key, versionOf(definition, version));
      }
      return versions.get(key);
    },
  };
}

interface DefinitionFile {
  /** Names of the definitions, found without parsing. */
  names: Set<string>;
  definitions(): JsonRecord[];
}

function readText(path: string): DefinitionFile {
  const text = readFileSync(path, 'utf8');
  let parsed: JsonRecord[] | undefined;
  return {
    names: new Set(
      [...text.matchAll(/^ {2}name: "?([^\s"]+)"?\s*$/gm)].map(
        ([, name]) => name,
      ),
    ),
    definitions: () => {
      parsed ??= parseAllDocuments(text)
        .map(document => document.toJS() as unknown)
        .filter(isRecord);
      return parsed;
    },
  };
}

function versionOf(
  definition: JsonRecord | undefined,
  name: string,
): VersionSchema | undefined {
  const { versions } = recordAt(definition, 'spec');
  const version = (Array.isArray(versions) ? versions : [])
    .filter(isRecord)
    .find(candidate => candidate.name === name);
  if (!version) {
    return undefined;
  }
  const schema = recordAt(version, 'schema', 'openAPIV3Schema');
  return {
    schema,
    node: readSchema(schema),
    columns: columnsOf(version.additionalPrinterColumns),
  };
}

function columnsOf(value: unknown): PrinterColumn[] {
  return (Array.isArray(value) ? value : []).filter(isRecord).map(column => ({
    name: String(column.name),
    type: String(column.type),
    jsonPath: String(column.jsonPath),
    priority: typeof column.priority === 'number' ? column.priority : 0,
  }));
}
