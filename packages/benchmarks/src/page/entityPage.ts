import {
  assessService,
  type EntityStatus,
} from 'backstage-plugin-llm-inference-common';
import { makeObservation } from '../scenarios/assessService';
import type { ApiAnswer } from './AppServer';

const NAME = 'bench';

/** Where the page of the service is. */
export const ENTITY_PATH = `/catalog/default/component/${NAME}`;
/** Where its card reads its data. */
export const STATUS_PATH = `/api/llm-inference/v1/entities/component/default/${NAME}/status`;

const USER = 'user:default/guest';
const PODS = 16;

/** Answers what the page of one service asks for, as the portal's backend would. */
export function entityPageAnswers(): ApiAnswer {
  const { now, service, objects } = makeObservation({ pods: PODS, events: 2 });
  const status: EntityStatus = {
    entityRef: `component:default/${NAME}`,
    services: [
      {
        service,
        version: '1',
        health: assessService({ now, service, objects }),
        freshness: { state: 'Live', asOf: now },
        binding: 'Verified',
      },
    ],
    clusters: [],
  };
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: NAME,
      namespace: 'default',
      uid: NAME,
      annotations: {
        'serving.kserve.io/llm-inference-service': `${service.namespace}/${service.name}`,
      },
    },
    spec: { type: 'model-server', lifecycle: 'production', owner: USER },
    relations: [],
  };
  return (request, body) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    switch (pathname) {
      case '/api/auth/guest/refresh':
        return session();
      case '/api/permission/authorize':
        return {
          items: JSON.parse(body).items.map(({ id }: { id: string }) => ({
            id,
            result: 'ALLOW',
          })),
        };
      case `/api/catalog/entities/by-name/component/default/${NAME}`:
        return entity;
      case `/api/catalog/entities/by-name/component/default/${NAME}/ancestry`:
        // The page of an entity asks again and again while it gets an error here.
        return {
          rootEntityRef: `component:default/${NAME}`,
          items: [{ entity, parentEntityRefs: [] }],
        };
      case '/api/catalog/entities/by-refs':
        return {
          items: JSON.parse(body).entityRefs.map(() => null),
        };
      case STATUS_PATH:
        return status;
      default:
        return undefined;
    }
  };
}

function session() {
  const part = (content: object) =>
    Buffer.from(JSON.stringify(content)).toString('base64url');
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { sub: USER, ent: [USER], iat: seconds, exp: seconds + 3600 };
  return {
    profile: {},
    providerInfo: {},
    backstageIdentity: {
      token: `${part({ alg: 'none' })}.${part(claims)}.none`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: USER,
        ownershipEntityRefs: [USER],
      },
    },
  };
}
