import type { ReactElement } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef, catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { LiveStatus } from '../live/LiveStatus';
import { liveStatusApiRef } from '../live/LiveStatusApi';
import { fleetRouteRef, templateRouteRef } from '../routes';
import { ScriptedApi } from './ScriptedApi';

/** Renders a part of the plugin in an app with a scripted backend. */
export function renderPlugin(
  element: ReactElement,
  client: ScriptedApi,
  options: {
    entities?: Entity[];
    path?: string;
    /** Whether permissions are given; all are where absent. */
    allowed?: boolean;
    /** Whether the portal has a page for templates; it has where absent. */
    scaffolder?: boolean;
    /** The language of the reader; English where absent. */
    translation?: ReturnType<typeof mockApis.translation>;
    /** Configuration of the app. */
    config?: NonNullable<Parameters<typeof mockApis.config>[0]>['data'];
  } = {},
) {
  return renderInTestApp(element, {
    apis: [
      [translationApiRef, options.translation ?? mockApis.translation()],
      [llmInferenceApiRef, client],
      [liveStatusApiRef, new LiveStatus({ client })],
      [catalogApiRef, catalogApiMock({ entities: options.entities })],
      mockApis.permission({
        authorize:
          options.allowed === false
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
      mockApis.identity({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/search-team'],
      }),
    ],
    config: {
      app: { baseUrl: 'http://localhost:3000' },
      backend: { baseUrl: 'http://localhost:7007' },
      ...options.config,
    },
    initialRouteEntries: [options.path ?? '/'],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/llm-inference': fleetRouteRef,
      ...(options.scaffolder === false
        ? {}
        : { '/create/templates/:namespace/:templateName': templateRouteRef }),
    },
  });
}
