import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ActionDeps } from './ActionDeps';

/**
 * Audits what an agent reads like what a browser reads, under the same names: the registry of actions audits
 * nothing itself. An action comes without its request, so that who asked is told beside what was asked for.
 */
export async function auditedAction<T>(
  { auditor, auth }: Pick<ActionDeps, 'auditor' | 'auth'>,
  what: { eventId: string; action: string; meta: JsonObject },
  credentials: BackstageCredentials,
  read: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: what.eventId,
    severityLevel: 'low',
    meta: {
      action: what.action,
      caller: callerOf(auth, credentials),
      ...what.meta,
    },
  });
  let answer: T;
  try {
    answer = await read();
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
  await event.success();
  return answer;
}

function callerOf(
  auth: ActionDeps['auth'],
  credentials: BackstageCredentials,
): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  return auth.isPrincipal(credentials, 'service')
    ? credentials.principal.subject
    : 'nobody';
}
