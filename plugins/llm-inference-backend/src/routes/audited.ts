import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Request, Response } from 'express';

/**
 * Audits a read that goes beyond the status of one entity: who asked for what, and whether it was given. The
 * path names what was read.
 */
export function audited(
  auditor: AuditorService,
  eventId: string,
  handler: (request: Request, response: Response) => Promise<void>,
) {
  return async (request: Request, response: Response) => {
    const event = await auditor.createEvent({
      eventId,
      severityLevel: 'low',
      request,
      meta: { ...request.params },
    });
    try {
      await handler(request, response);
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
    await event.success();
  };
}
