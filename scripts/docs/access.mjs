import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { load, page, root, table } from './source.mjs';

const API = 'plugins/llm-inference-common/src/api';

/** First paragraph of the docstring of each exported constant in a file. */
function docstrings(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  return new Map(
    source.statements
      .filter(ts.isVariableStatement)
      .map(statement => [
        statement.declarationList.declarations[0].name.getText(),
        (ts.getJSDocCommentsAndTags(statement)[0]?.comment ?? '')
          .toString()
          .trim(),
      ]),
  );
}

/** Permissions: name, action, how it is decided, meaning. */
export function permissionRows() {
  const meanings = docstrings(`${API}/permissions.ts`);
  return Object.entries(load(`${API}/permissions.ts`))
    .filter(([, value]) => value?.type)
    .map(([name, permission]) => [
      `\`${permission.name}\``,
      permission.attributes.action,
      permission.resourceType ? 'per entity' : 'once',
      meanings.get(name),
    ]);
}

/** Annotations: name, meaning. */
export function annotationRows() {
  const meanings = docstrings(`${API}/annotations.ts`);
  return Object.entries(load(`${API}/annotations.ts`))
    .filter(([, value]) => typeof value === 'string')
    .map(([name, value]) => [`\`${value}\``, meanings.get(name)]);
}

/** The page of permissions and annotations. */
export function accessPage() {
  return page(
    'Permissions and annotations',
    'What a policy decides, and how entities and services find each other.',
    `## Permissions

${table(['permission', 'action', 'decided', 'meaning'], permissionRows())}

Those that are decided per entity are permissions on the resource type \`catalog-entity\`, so that a policy may answer with the catalog's
own rules (owner, kind, annotation). A decision is kept for at most 30 seconds per user and entity.

## Annotations

${table(['annotation', 'meaning'], annotationRows())}`,
  );
}
