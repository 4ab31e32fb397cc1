import { randomBytes } from 'node:crypto';
import { unauthorized } from '../../cluster/ApiError';
import { recordAt } from '../../cluster/json';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { Subject } from '../ApiContext';

const ADMIN: Subject = { name: 'system:admin', groups: ['system:masters'] };
const ANONYMOUS: Subject = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
};
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** Finds out who asks, by the bearer token of a request. */
export class Authenticator {
  readonly #store: MemoryClusterStore;
  readonly #tokens: Readonly<Record<string, Subject>> | undefined;
  readonly #issued = new Map<string, { subject: Subject; until: Date }>();

  /** @param tokens without them, everybody is an administrator */
  constructor(
    store: MemoryClusterStore,
    tokens: Readonly<Record<string, Subject>> | undefined,
  ) {
    this.#store = store;
    this.#tokens = tokens;
  }

  /** @throws ApiError 401 for a token that nobody has */
  authenticate(authorization: string | undefined): Subject {
    if (!this.#tokens) {
      return ADMIN;
    }
    if (!authorization) {
      return ANONYMOUS;
    }
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
    const subject = Object.hasOwn(this.#tokens, token)
      ? this.#tokens[token]
      : this.#subjectOfIssued(token) ?? this.#subjectOfSecret(token);
    if (!subject) {
      throw unauthorized();
    }
    return {
      ...subject,
      groups: [...new Set([...subject.groups, 'system:authenticated'])],
    };
  }

  /** A new token of a service account until a time, as TokenRequest gives. */
  issue(namespace: string, serviceAccount: string, until: Date): string {
    const token = randomBytes(24).toString('base64url');
    const subject = serviceAccountSubject(namespace, serviceAccount);
    this.#issued.set(token, { subject, until });
    return token;
  }

  #subjectOfIssued(token: string): Subject | undefined {
    const issued = this.#issued.get(token);
    if (issued && issued.until <= this.#store.clock.now()) {
      this.#issued.delete(token);
      return undefined;
    }
    return issued?.subject;
  }

  /** The service account whose token Secret holds the token. */
  #subjectOfSecret(token: string): Subject | undefined {
    const encoded = Buffer.from(token).toString('base64');
    const secret = this.#store
      .snapshot('secrets')
      .objects.find(
        object =>
          object.type === 'kubernetes.io/service-account-token' &&
          recordAt(object, 'data').token === encoded,
      );
    const name = secret?.metadata.annotations?.[SERVICE_ACCOUNT_NAME];
    return name
      ? serviceAccountSubject(secret.metadata.namespace ?? '', name)
      : undefined;
  }
}

/** The user that a service account is. */
export function serviceAccountSubject(
  namespace: string,
  name: string,
): Subject {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
}
