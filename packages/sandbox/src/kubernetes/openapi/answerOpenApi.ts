import { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, pageNotFound } from '../../cluster/ApiError';
import { ApiContext } from '../ApiContext';
import { VERSION } from '../discovery/version';
import { sendJson } from '../http/respond';
import { openApiDocument, openApiIndex } from './v3';

/** Answers `/openapi/v3` and what is below it, and an empty `/openapi/v2`. @throws ApiError 404 or 406 */
export function answerOpenApi(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): void {
  const [, generation, root, ...rest] = pathname.split('/').filter(Boolean);
  if (generation === 'v2') {
    answerVersion2(request, response);
  } else if (generation !== 'v3') {
    throw pageNotFound();
  } else if (!root) {
    sendJson(response, 200, openApiIndex(context));
  } else if (root === 'api' && rest.length === 1) {
    sendJson(response, 200, openApiDocument(context, '', rest[0]));
  } else if (root === 'apis' && rest.length === 2) {
    sendJson(response, 200, openApiDocument(context, rest[0], rest[1]));
  } else {
    throw pageNotFound();
  }
}

/** Clients take what they need from version 3; of the older one only the JSON form exists here. */
function answerVersion2(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const accept = request.headers.accept ?? '*/*';
  if (!/application\/json|\*\/\*/.test(accept)) {
    throw new ApiError({
      code: 406,
      reason: 'NotAcceptable',
      message: 'only the following media types are accepted: application/json',
    });
  }
  sendJson(response, 200, {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: {},
    definitions: {},
  });
}
