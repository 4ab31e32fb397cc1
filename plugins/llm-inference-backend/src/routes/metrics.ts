import type { Request, Response } from 'express';
import { requireVisible } from '../status/Visibility';
import { sendConditional } from './conditional';
import { parseMetricsQuery } from './query';
import type { RouteServices } from './RouteServices';

/** What was measured of one service; whoever may see its status may see it. */
export function serviceMetrics(services: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await services.httpAuth.credentials(request);
    const { cluster, namespace, name } = request.params;
    const { from } = parseMetricsQuery(request.query);
    const { assessed } = await requireVisible(
      { cluster, namespace, name },
      services,
      credentials,
    );
    const metrics = services.metrics.read(assessed, from);
    sendConditional(request, response, metrics, () => metrics);
  };
}
