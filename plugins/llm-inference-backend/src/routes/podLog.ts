import { NotAllowedError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { llmInferenceLogsReadPermission } from 'backstage-plugin-llm-inference-common';
import { requireThere } from '../status/Visibility';
import { parseLogQuery } from './query';
import type { RouteServices } from './RouteServices';

/** The log of one container of one of a service's pods. */
export function podLog(services: RouteServices) {
  const { auditor, gate, httpAuth, logs } = services;
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster, namespace, name, pod } = request.params;
    const query = parseLogQuery(request.query);
    const { assessed, entity } = await requireThere(
      { cluster, namespace, name },
      services,
      credentials,
    );
    const event = await auditor.createEvent({
      eventId: 'log-read',
      severityLevel: 'medium',
      request,
      meta: {
        cluster,
        namespace,
        service: name,
        pod,
        container: query.container,
      },
    });
    try {
      if (!logs) {
        throw new NotAllowedError(
          'Logs are off in this portal; llmInference.logs.enabled turns them on',
        );
      }
      const decision =
        entity &&
        (await gate.entity(
          entity.entityRef,
          credentials,
          llmInferenceLogsReadPermission,
        ));
      if (!decision?.visible || !decision.allowed) {
        throw new NotAllowedError(
          `The logs of ${namespace}/${name} may not be read`,
        );
      }
      await logs.send(assessed.service, pod, query, response);
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  };
}
