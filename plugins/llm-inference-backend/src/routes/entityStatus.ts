import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { llmInferenceFleetReadPermission } from 'backstage-plugin-llm-inference-common';
import { entitySignature } from '../status/signatures';
import { sendConditional } from './conditional';
import type { RouteServices } from './RouteServices';

/** The status of the services behind one entity. */
export function entityStatus({
  auditor,
  gate,
  httpAuth,
  reader,
  texts,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { kind, namespace, name } = request.params;
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    const [decision, wholeFleet] = await Promise.all([
      gate.entity(entityRef, credentials),
      gate.has(llmInferenceFleetReadPermission, credentials),
    ]);
    if (!decision.visible) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    if (!decision.allowed) {
      const error = new NotAllowedError(
        `The status of ${entityRef} may not be read`,
      );
      const event = await auditor.createEvent({
        eventId: 'status-read',
        severityLevel: 'medium',
        request,
        meta: { entityRef },
      });
      await event.fail({ error });
      throw error;
    }
    const status = reader.entity(decision.entity, wholeFleet);
    sendConditional(request, response, entitySignature(status), () =>
      texts.write(status),
    );
  };
}
