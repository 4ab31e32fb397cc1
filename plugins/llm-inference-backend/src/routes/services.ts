import type { Request, Response } from 'express';
import { listServices } from '../status/listServices';
import { clustersSignature } from '../status/signatures';
import { requireCounted, visibleServices } from '../status/Visibility';
import { sendConditional } from './conditional';
import { parseListQuery } from './query';
import type { RouteServices } from './RouteServices';

/** One page of the services that the caller may see. */
export function listOfServices({
  board,
  gate,
  httpAuth,
  reader,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseListQuery(request.query);
    const visible = await visibleServices(board.all(), gate, credentials);
    const clusters = reader.clusters();
    const page = listServices(
      visible.map(service => reader.summary(service)),
      query,
    );
    const versions = [
      page.total,
      page.counts,
      page.items.map(({ service, version, owner, entityRef, drift }) => [
        service,
        version,
        owner,
        entityRef,
        drift,
      ]),
      clustersSignature(clusters),
    ];
    sendConditional(request, response, versions, () => ({ ...page, clusters }));
  };
}

/** One service by its place in a cluster. */
export function oneService({ board, gate, httpAuth, reader }: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster, namespace, name } = request.params;
    const visible = await requireCounted(
      { cluster, namespace, name },
      { board, gate },
      credentials,
    );
    const status = reader.service(visible);
    sendConditional(
      request,
      response,
      [status.version, status.entityRef, status.binding, status.drift],
      () => status,
    );
  };
}
