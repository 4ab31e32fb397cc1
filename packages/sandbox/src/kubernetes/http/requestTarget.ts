/** A request for a resource, as its path says. */
export interface ResourceTarget {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource, for `proxy`. */
  rest: string;
}

/**
 * Reads `/api/v1/…` and `/apis/<group>/<version>/…` paths.
 * Returns undefined for other paths (discovery, health, openapi).
 */
export function parseResourcePath(
  pathname: string,
): ResourceTarget | undefined {
  const [root, ...segments] = pathname.split('/').filter(Boolean);
  const group = root === 'apis' ? segments.shift() : '';
  const version = segments.shift();
  if ((root !== 'api' && root !== 'apis') || group === undefined || !version) {
    return undefined;
  }
  const parts = segments.map(decode);
  let namespace: string | undefined;
  const isNamespaceItself =
    parts[0] === 'namespaces' &&
    (parts.length <= 2 || parts[2] === 'status' || parts[2] === 'finalize');
  if (parts[0] === 'namespaces' && !isNamespaceItself) {
    [, namespace] = parts.splice(0, 2);
  }
  const [plural, name, subresource, ...rest] = parts;
  if (!plural) {
    return undefined;
  }
  return {
    group,
    version,
    plural,
    namespace,
    name,
    subresource,
    rest: rest.length || pathname.endsWith('/') ? `/${rest.join('/')}` : '',
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape names nothing; taken literally it is answered with 404.
    return segment;
  }
}
