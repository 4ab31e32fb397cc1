/** The verb of a request, as access rules name it. */
export function requestVerb(
  method: string,
  target: { name?: string; subresource?: string },
  query: URLSearchParams,
): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return target.name ? 'delete' : 'deletecollection';
    default:
      if (isWatch(query) && !target.subresource) {
        return 'watch';
      }
      return target.name ? 'get' : 'list';
  }
}

/** Whether a GET asks for a watch. */
export function isWatch(query: URLSearchParams): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '');
}
