import { recordAt } from '../../cluster/json';
import { timestamp } from '../../cluster/objectMetadata';
import { ResourceRequest } from '../ApiContext';
import { readOptionalBody } from '../http/requestBody';
import { sendJson } from '../http/respond';
import { currentObject } from '../resources/get';

const DEFAULT_EXPIRATION_SECONDS = 3600;

/** POST to serviceaccounts/token: a token that works as long as the sandbox runs. */
export async function createToken(request: ResourceRequest): Promise<void> {
  const { context, name = '', namespace = '', response } = request;
  const body = await readOptionalBody(request.request);
  currentObject(request);
  const { expirationSeconds = DEFAULT_EXPIRATION_SECONDS } = recordAt(
    body,
    'spec',
  );
  const now = context.store.clock.now();
  sendJson(response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: timestamp(now) },
    spec: { audiences: [], expirationSeconds },
    status: {
      token: context.authenticator.issue(namespace, name),
      expirationTimestamp: timestamp(
        new Date(now.getTime() + Number(expirationSeconds) * 1000),
      ),
    },
  });
}
