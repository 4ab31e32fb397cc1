import { IncomingMessage, ServerResponse } from 'node:http';
import { pageNotFound } from '../../cluster/ApiError';
import { ApiContext } from '../ApiContext';
import { sendJson, sendText } from '../http/respond';
import { answerOpenApi } from '../openapi/answerOpenApi';
import { aggregatedDiscovery, wantsAggregated } from './aggregated';
import { apiGroup, apiGroupList, apiResourceList, groupsOf } from './groups';
import { VERSION } from './version';

/** Answers what is not a resource: version, health, discovery. @throws ApiError 404 */
export function answerDiscovery(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const { kinds } = context.store;
  const [root, group, version, ...rest] = url.pathname
    .split('/')
    .filter(Boolean);
  const aggregated = wantsAggregated(request);
  if (['healthz', 'livez', 'readyz'].includes(root)) {
    sendText(response, 200, 'ok');
  } else if (root === 'openapi') {
    answerOpenApi(context, request, response, url.pathname);
  } else if (root === 'version' && !group) {
    sendJson(response, 200, VERSION);
  } else if ((root === 'api' || root === 'apis') && !group && aggregated) {
    response.setHeader('Vary', 'Accept');
    const body = aggregatedDiscovery(kinds, root === 'api', aggregated);
    response.writeHead(200, {
      'Content-Type': `application/json;g=apidiscovery.k8s.io;v=${aggregated};as=APIGroupDiscoveryList`,
    });
    response.end(JSON.stringify(body));
  } else if (root === 'api' && !group) {
    sendJson(response, 200, {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [
        { clientCIDR: '0.0.0.0/0', serverAddress: request.headers.host ?? '' },
      ],
    });
  } else if (root === 'api' && !version) {
    sendJson(response, 200, apiResourceList(kinds, '', group));
  } else if (root === 'apis' && !group) {
    sendJson(response, 200, apiGroupList(kinds));
  } else if (root === 'apis' && !version) {
    const found = groupsOf(kinds).find(row => row.group === group);
    if (!found) {
      throw pageNotFound();
    }
    sendJson(response, 200, {
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...apiGroup(found),
    });
  } else if (root === 'apis' && rest.length === 0) {
    sendJson(response, 200, apiResourceList(kinds, group, version));
  } else {
    throw pageNotFound();
  }
}
