import { badRequest } from '../../cluster/ApiError';
import { isRecord } from '../../cluster/json';

/** Where the next page of a list starts. */
export interface ContinueToken {
  /** The version of the first page; -1 for a list that goes on inconsistently after expiry. */
  version: number;
  /** The key after which the next page starts. */
  after: string;
}

export function encodeContinue({ version, after }: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: after }),
  ).toString('base64url');
}

/** @throws ApiError 400 for a token that we did not make */
export function decodeContinue(token: string): ContinueToken {
  try {
    const data: unknown = JSON.parse(
      Buffer.from(token, 'base64url').toString('utf8'),
    );
    if (
      isRecord(data) &&
      typeof data.rv === 'number' &&
      typeof data.start === 'string'
    ) {
      return { version: data.rv, after: data.start };
    }
  } catch {
    // Answered below: whatever is wrong with it, the token is not valid.
  }
  throw badRequest('continue key is not valid: illegal base64 data or JSON');
}
