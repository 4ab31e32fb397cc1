import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import type {
  ClusterCredential,
  ClusterCredentialSource,
} from 'backstage-plugin-llm-inference-node';

/** Directory in which Kubernetes mounts the token and the authorities of a pod's service account. */
export const SERVICE_ACCOUNT_DIRECTORY =
  '/var/run/secrets/kubernetes.io/serviceaccount';

/** How long a token is used before it is read again; who rotates tokens does it long before they expire. */
const TOKEN_LIFETIME_MS = 60_000;

/**
 * A credential is read again this long before it ends, or a tenth of its life where that is short: a request
 * that is sent with it arrives while it still holds.
 */
const BEFORE_THE_END_MS = 10_000;

/** A token that something holds and may replace, for example the running configuration. */
export function liveToken(
  token: () => string | undefined,
  now: () => number = Date.now,
): ClusterCredentialSource {
  return {
    async read() {
      const current = token();
      if (!current) throw new InputError('The token is no longer configured');
      return {
        type: 'bearer',
        token: current,
        expiresAt: now() + TOKEN_LIFETIME_MS,
      };
    },
  };
}

/** No credential at all, for example behind `kubectl proxy`. */
export const anonymous: ClusterCredentialSource = {
  read: async () => ({ type: 'anonymous' }),
};

/** A token in a file that something else keeps fresh. */
export function tokenFile(
  path: string,
  now: () => number = Date.now,
): ClusterCredentialSource {
  return {
    async read() {
      const token = (await readFile(path, 'utf8')).trim();
      if (!token) {
        throw new InputError(`The token file ${path} is empty`);
      }
      return {
        type: 'bearer',
        token,
        expiresAt: now() + TOKEN_LIFETIME_MS,
      };
    },
  };
}

/**
 * Keeps the credential of one cluster until it nears its end. Concurrent readers share one reading, so
 * that eleven watches that fail together cause one read.
 */
export class CredentialCache {
  readonly #source: ClusterCredentialSource;
  readonly #now: () => number;
  #current?: ClusterCredential;
  #readAt = 0;
  #reading?: Promise<ClusterCredential>;

  constructor(source: ClusterCredentialSource, now: () => number = Date.now) {
    this.#source = source;
    this.#now = now;
  }

  /** A credential that has not expired yet. */
  async get(): Promise<ClusterCredential> {
    const current = this.#current;
    if (current && !this.#isExpired(current)) return current;
    this.#reading ??= this.#source
      .read()
      .then(credential => {
        this.#readAt = this.#now();
        this.#current = credential;
        return credential;
      })
      .finally(() => (this.#reading = undefined));
    return await this.#reading;
  }

  /** Also after the clock was set back: when it ends was told by a clock that ran ahead. */
  #isExpired(credential: ClusterCredential): boolean {
    if (credential.type === 'anonymous') return false;
    const { expiresAt } = credential;
    if (expiresAt === undefined) return false;
    const now = this.#now();
    const livesMs = expiresAt - this.#readAt;
    const endsAt = expiresAt - Math.min(BEFORE_THE_END_MS, livesMs / 10);
    return endsAt <= now || now < this.#readAt;
  }

  /** Drops a credential that the cluster refused; one that was read since stays. */
  reject(credential: ClusterCredential): void {
    if (this.#current === credential) this.#current = undefined;
  }
}
