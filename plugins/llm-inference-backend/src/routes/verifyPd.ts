import { NotAllowedError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { llmInferenceServiceVerifyPermission } from 'backstage-plugin-llm-inference-common';
import { requireThere } from '../status/Visibility';
import type { RouteServices } from './RouteServices';

/** Sends one request through a service to see whether KV cache moves. */
export function verifyPd(services: RouteServices) {
  const { auditor, gate, httpAuth, verifier } = services;
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster, namespace, name } = request.params;
    const { assessed, entity } = await requireThere(
      { cluster, namespace, name },
      services,
      credentials,
    );
    const event = await auditor.createEvent({
      eventId: 'pd-verify',
      severityLevel: 'medium',
      request,
      meta: { cluster, namespace, service: name },
    });
    try {
      if (!verifier) {
        throw new NotAllowedError(
          'Verifying is off in this portal; llmInference.verifyPd.enabled turns it on',
        );
      }
      const decision =
        entity &&
        (await gate.entity(
          entity.entityRef,
          credentials,
          llmInferenceServiceVerifyPermission,
        ));
      if (!decision?.visible || !decision.allowed) {
        throw new NotAllowedError(
          `The service ${namespace}/${name} may not be verified`,
        );
      }
      response.json(await verifier.verify(assessed.health));
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  };
}
