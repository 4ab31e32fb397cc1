import { recordAt } from '../../cluster/json';
import { timestamp } from '../../cluster/objectMetadata';
import { ResourceRequest } from '../ApiContext';
import { readOptionalBody } from '../http/requestBody';
import { sendJson } from '../http/respond';
import { currentObject } from '../resources/get';

const DEFAULT_EXPIRATION_SECONDS = 3600;

/**
 * POST to serviceaccounts/token: a token that expires. Real ones last ten minutes at least; here they may be as short
 * as a test has time.
 */
export async function createToken(request: ResourceRequest): Promise<void> {
  const { context, name = '', namespace = '', response } = request;
  const body = await readOptionalBody(request.request);
  currentObject(request);
  const { expirationSeconds = DEFAULT_EXPIRATION_SECONDS } = recordAt(
    body,
    'spec',
  );
  const now = context.store.clock.now();
  const until = new Date(now.getTime() + Number(expirationSeconds) * 1000);
  sendJson(response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: timestamp(now) },
    spec: { audiences: [], expirationSeconds },
    status: {
      token: context.authenticator.issue(namespace, name, until),
      expirationTimestamp: timestamp(until),
    },
  });
}
