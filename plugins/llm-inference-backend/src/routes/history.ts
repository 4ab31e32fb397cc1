import type { Request, Response } from 'express';
import { requireVisible, visibleServices } from '../status/Visibility';
import { sendConditional } from './conditional';
import { parseTimelineQuery, parseTransitionsQuery } from './query';
import type { RouteServices } from './RouteServices';

const MINUTE_MS = 60_000;

/** What one service did over a window of time. */
export function serviceTimeline(services: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await services.httpAuth.credentials(request);
    const { cluster, namespace, name } = request.params;
    const { from, until } = parseTimelineQuery(request.query, Date.now());
    const { assessed } = await requireVisible(
      { cluster, namespace, name },
      services,
      credentials,
    );
    const timeline = await services.history.timeline(assessed, from, until);
    // A window that ends now moves with every look; what it shows is taken for the same within a minute.
    const versions = [
      Math.floor(from / MINUTE_MS),
      Math.floor(until / MINUTE_MS),
      timeline.transitions,
      timeline.segments.map(({ verdict, rootCause }) => [verdict, rootCause]),
    ];
    sendConditional(request, response, versions, () => timeline);
  };
}

/** The latest transitions of what the caller may see. */
export function latestTransitions({
  board,
  gate,
  history,
  httpAuth,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    const { from, limit } = parseTransitionsQuery(request.query, Date.now());
    const visible = await visibleServices(board.all(), gate, credentials);
    const services = visible
      .filter(({ binding }) => binding !== 'Annotation')
      .map(({ assessed }) => assessed);
    const items = await history.latest(services, from, limit);
    sendConditional(request, response, items, () => ({ items }));
  };
}
