import type { Request, Response } from 'express';
import { NotAllowedError } from '@backstage/errors';
import { sendConditional } from './conditional';
import { parseModelQuery } from './query';
import type { RouteServices } from './RouteServices';

/** The numbers of a model that decide its memory, for models that some profile offers. */
export function modelArchitecture({
  httpAuth,
  models,
  profiles,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    await httpAuth.credentials(request);
    const { uri } = parseModelQuery(request.query);
    const offered = profiles.some(profile =>
      profile.models.allowed.some(prefix => uri.startsWith(prefix)),
    );
    if (!offered) {
      throw new NotAllowedError(`uri: no profile offers '${uri}'`);
    }
    const architecture = await models.architecture(uri);
    sendConditional(request, response, architecture, () => ({ architecture }));
  };
}
