import type { ServicesPage } from 'backstage-plugin-llm-inference-node';
import type { Request, Response } from 'express';
import { serviceKeyOf } from '../assess/AssessedService';
import { isComplete } from '../catalog/completeness';
import { serviceFacts } from '../catalog/serviceFacts';
import { sendConditional } from './conditional';
import { parseCatalogQuery } from './query';
import type { RouteServices } from './RouteServices';

const SERVICES_PER_PAGE = 500;

/**
 * All services with what the catalog needs to know of them, page by page in the order of their keys, so that
 * changes in between neither repeat nor skip a service. For other backend plugins, not for users.
 */
export function catalogServices({ board, fleet, httpAuth }: RouteServices) {
  return async (request: Request, response: Response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const { after } = parseCatalogQuery(request.query);
    const rest = [...board.all()]
      .filter(({ missing }) => !missing)
      .map(assessed => ({ assessed, key: serviceKeyOf(assessed.service) }))
      .filter(({ key }) => key > after)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const page = rest.slice(0, SERVICES_PER_PAGE);
    const answer: ServicesPage = {
      items: page.flatMap(({ assessed: { service, health } }) => {
        const resource = fleet
          .watcher(service.cluster)
          ?.store.serviceResource(service.namespace, service.name);
        return resource ? [serviceFacts(resource, health)] : [];
      }),
      ...(rest.length > page.length ? { next: page.at(-1)?.key } : {}),
      clusters: fleet.statuses().map(({ name }) => ({
        name,
        complete: isComplete(fleet.watcher(name), board),
      })),
      complete: fleet.complete,
    };
    sendConditional(request, response, answer, () => answer);
  };
}
