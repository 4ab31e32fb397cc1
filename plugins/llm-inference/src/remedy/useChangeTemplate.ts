import { useEffect, useMemo, useState } from 'react';
import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { templateRouteRef } from '../routes';
import { templateExists } from './loadTemplate';

/** Why a service cannot be changed from here. */
export type ClosedReason =
  | { reason: 'noScaffolder' | 'noTemplate' | 'notAllowed' | 'notInGit' }
  | { reason: 'notOwner'; owners: string[] }
  | { reason: 'failed'; message: string };

/** Whether a service can be changed by the template, and where. */
export type ChangeTemplate =
  | { state: 'checking' }
  | { state: 'open'; href(form: object): string }
  | ({ state: 'closed' } & ClosedReason);

/** A file on a branch of a repository; only that can be changed by a pull request. */
const FILE_IN_GIT = /^url:https?:\/\/[^/]+\/.+\/(?:blob|tree)\/.+/;

/** Finds out whether the user can change a service through its template, before they have filled it in. */
export function useChangeTemplate(
  entity: Entity,
  templateRef: string,
): ChangeTemplate {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  const templateRoute = useRouteRef(templateRouteRef);
  const permission = usePermission({ permission: taskCreatePermission });
  const [asked, setAsked] = useState<{
    of: Entity;
    closed: ClosedReason | undefined;
  }>();
  const template = useMemo(
    () =>
      parseEntityRef(templateRef, {
        defaultKind: 'Template',
        defaultNamespace: 'default',
      }),
    [templateRef],
  );

  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<ClosedReason | undefined> => {
      const [exists, { ownershipEntityRefs }] = await Promise.all([
        templateExists(catalog, template),
        identity.getBackstageIdentity(),
      ]);
      if (!exists) return { reason: 'noTemplate' };
      return whoseIsIt(entity, ownershipEntityRefs);
    };
    ask()
      .catch(
        (error): ClosedReason => ({
          reason: 'failed',
          message: toError(error).message,
        }),
      )
      .then(closed => !gone && setAsked({ of: entity, closed }));
    return () => {
      gone = true;
    };
  }, [catalog, identity, entity, template]);

  return useMemo(() => {
    if (!templateRoute) return { state: 'closed', reason: 'noScaffolder' };
    const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
    if (!FILE_IN_GIT.test(location ?? '')) {
      return { state: 'closed', reason: 'notInGit' };
    }
    if (permission.loading || asked?.of !== entity) {
      return { state: 'checking' };
    }
    if (!permission.allowed) return { state: 'closed', reason: 'notAllowed' };
    if (asked.closed) return { state: 'closed', ...asked.closed };
    const page = templateRoute({
      namespace: template.namespace,
      templateName: template.name,
    });
    return {
      state: 'open',
      href: form =>
        `${page}?formData=${encodeURIComponent(JSON.stringify(form))}`,
    };
  }, [templateRoute, entity, permission, asked, template]);
}

function whoseIsIt(entity: Entity, mine: string[]): ClosedReason | undefined {
  const owners = getEntityRelations(entity, RELATION_OWNED_BY);
  return owners.some(owner => mine.includes(stringifyEntityRef(owner)))
    ? undefined
    : {
        reason: 'notOwner',
        owners: owners.map(({ name }) => name),
      };
}
