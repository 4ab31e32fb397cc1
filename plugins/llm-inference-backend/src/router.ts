import express from 'express';
import type { RequestHandler } from 'express';
import Router from 'express-promise-router';
import { openApiDocument } from './openapi/document';
import { audited } from './routes/audited';
import { catalogServices } from './routes/catalogServices';
import { entityStatus } from './routes/entityStatus';
import { latestTransitions, serviceTimeline } from './routes/history';
import { clusterCapabilities, validateManifests } from './routes/manifests';
import { verifyPd } from './routes/verifyPd';
import { modelArchitecture } from './routes/modelArchitecture';
import { serviceManifest } from './routes/serviceManifest';
import { serviceMetrics } from './routes/metrics';
import { podLog } from './routes/podLog';
import { listOfServices, oneService } from './routes/services';
import type { RouteServices } from './routes/RouteServices';
import { sendConditional } from './routes/conditional';
import { liveStream } from './routes/stream';
import { clustersSignature } from './status/signatures';

/** The HTTP API; every handler is a few lines over the services. */
export function createRouter(services: RouteServices): RequestHandler {
  const router = Router();
  const { auditor } = services;
  router.get(
    '/v1/entities/:kind/:namespace/:name/status',
    entityStatus(services),
  );
  router.get(
    '/v1/services',
    audited(auditor, 'service-list', listOfServices(services)),
  );
  router.get(
    '/v1/services/:cluster/:namespace/:name',
    audited(auditor, 'service-read', oneService(services)),
  );
  router.get(
    '/v1/services/:cluster/:namespace/:name/timeline',
    audited(auditor, 'timeline-read', serviceTimeline(services)),
  );
  router.get(
    '/v1/services/:cluster/:namespace/:name/manifest',
    audited(auditor, 'manifest-read', serviceManifest(services)),
  );
  router.get(
    '/v1/services/:cluster/:namespace/:name/metrics',
    audited(auditor, 'metrics-read', serviceMetrics(services)),
  );
  router.post(
    '/v1/services/:cluster/:namespace/:name/verify-pd',
    verifyPd(services),
  );
  router.get(
    '/v1/transitions',
    audited(auditor, 'transitions-read', latestTransitions(services)),
  );
  router.get(
    '/v1/services/:cluster/:namespace/:name/pods/:pod/log',
    podLog(services),
  );
  router.get(
    '/v1/clusters/:cluster/capabilities',
    audited(auditor, 'capabilities-read', clusterCapabilities(services)),
  );
  router.post(
    '/v1/manifests/validate',
    express.json({ limit: '2mb' }),
    validateManifests(services),
  );
  router.get(
    '/v1/catalog/services',
    audited(auditor, 'catalog-list', catalogServices(services)),
  );
  router.get(
    '/v1/stream',
    audited(auditor, 'stream-open', liveStream(services)),
  );
  router.get('/v1/clusters', async (request, response) => {
    await services.httpAuth.credentials(request);
    const items = services.reader.clusters();
    sendConditional(request, response, clustersSignature(items), () => ({
      items,
    }));
  });
  router.get('/v1/models/architecture', modelArchitecture(services));
  router.get('/v1/profiles', async (request, response) => {
    await services.httpAuth.credentials(request);
    const items = services.profiles;
    sendConditional(request, response, items, () => ({ items }));
  });
  router.get('/openapi.json', async (request, response) => {
    await services.httpAuth.credentials(request);
    sendConditional(request, response, openApiDocument, () => openApiDocument);
  });
  return router;
}
