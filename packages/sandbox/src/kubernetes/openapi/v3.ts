import { pageNotFound } from '../../cluster/ApiError';
import { ResourceKind } from '../../cluster/kinds';
import { ApiContext } from '../ApiContext';
import { groupsOf } from '../discovery/groups';
import { VERSION } from '../discovery/version';
import { apiVersionOf } from '../resources/representation';

/** The index of `/openapi/v3`: one document for each version of each group. */
export function openApiIndex({ store }: ApiContext) {
  const paths: Record<string, { serverRelativeURL: string }> = {};
  for (const { group, versions } of groupsOf(store.kinds)) {
    for (const version of versions) {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      paths[path] = { serverRelativeURL: `/openapi/v3/${path}` };
    }
  }
  return { paths };
}

/**
 * The document of one group and version: its paths, the parameters that kubectl looks for, and the schemas that are
 * known. @throws ApiError 404
 */
export function openApiDocument(
  { store, schemas }: ApiContext,
  group: string,
  version: string,
) {
  const served = groupsOf(store.kinds).some(
    row => row.group === group && row.versions.includes(version),
  );
  if (!served) {
    throw pageNotFound();
  }
  const kinds = store.kinds.filter(
    kind => kind.group === group && kind.versions.includes(version),
  );
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: Object.fromEntries(kinds.flatMap(kind => pathsOf(kind, version))),
    components: {
      schemas: Object.fromEntries(
        kinds.map(kind => [
          schemaName(kind, version),
          {
            type: 'object',
            ...objectSchema(schemas?.find(kind, version)?.schema),
            'x-kubernetes-group-version-kind': [gvk(kind, version)],
          },
        ]),
      ),
    },
  };
}

function objectSchema(schema: unknown): object {
  return typeof schema === 'object' && schema !== null ? schema : {};
}

function gvk(kind: ResourceKind, version: string) {
  return { group: kind.group, version, kind: kind.kind };
}

function schemaName(kind: ResourceKind, version: string): string {
  const group = (kind.group || 'core').split('.').reverse().join('.');
  return `${kind.custom ? '' : 'io.k8s.api.'}${group}.${version}.${kind.kind}`;
}

const query = (name: string) => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
});

const path = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', uniqueItems: true },
});

const WRITE_PARAMETERS = [
  query('dryRun'),
  query('fieldManager'),
  query('fieldValidation'),
];

function pathsOf(kind: ResourceKind, version: string): Array<[string, object]> {
  const root = `/${kind.group ? 'apis' : 'api'}/${apiVersionOf(kind, version)}`;
  const collection = kind.namespaced
    ? `${root}/namespaces/{namespace}/${kind.plural}`
    : `${root}/${kind.plural}`;
  const operation = (action: string, parameters: object[] = []) => ({
    tags: [`${kind.group}_${version}`],
    operationId: `${action}${kind.group}${version}${kind.kind}`,
    parameters,
    responses: {
      '200': {
        description: 'OK',
        content: {
          'application/json': {
            schema: {
              $ref: `#/components/schemas/${schemaName(kind, version)}`,
            },
          },
        },
      },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(kind, version),
  });
  const shared = kind.namespaced ? [path('namespace')] : [];
  return [
    [
      collection,
      {
        get: operation('list'),
        post: operation('post', WRITE_PARAMETERS),
        delete: operation('deletecollection'),
        parameters: shared,
      },
    ],
    [
      `${collection}/{name}`,
      {
        get: operation('get'),
        put: operation('put', WRITE_PARAMETERS),
        patch: operation('patch', [...WRITE_PARAMETERS, query('force')]),
        delete: operation('delete', [query('dryRun')]),
        parameters: [path('name'), ...shared],
      },
    ],
  ];
}
