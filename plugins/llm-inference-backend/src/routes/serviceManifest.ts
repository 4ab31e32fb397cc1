import type { Request, Response } from 'express';
import { requireThere } from '../status/Visibility';
import { sendConditional } from './conditional';
import type { RouteServices } from './RouteServices';

/** The manifest of one service, for whoever may read its status. */
export function serviceManifest(services: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await services.httpAuth.credentials(request);
    const { cluster, namespace, name } = request.params;
    const { assessed } = await requireThere(
      { cluster, namespace, name },
      services,
      credentials,
    );
    const manifest = await services.manifests.read(assessed.service);
    const { yaml, findings } = manifest;
    sendConditional(request, response, [yaml, findings], () => manifest);
  };
}
