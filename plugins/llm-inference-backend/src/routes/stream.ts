import type { Request, Response } from 'express';
import { InputError } from '@backstage/errors';
import { parseStreamQuery } from './query';
import type { RouteServices } from './RouteServices';

/** Server-sent events about the entities that are asked for, and about the fleet. */
export function liveStream({ httpAuth, streams }: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { entityRefs, fleet } = parseStreamQuery(request.query);
    if (entityRefs.length === 0 && !fleet) {
      throw new InputError(
        'entityRef: name at least one entity, or ask for fleet=true',
      );
    }
    await streams.open(response, {
      entityRefs,
      fleet,
      credentials,
      lastEventId: request.get('last-event-id'),
    });
  };
}
