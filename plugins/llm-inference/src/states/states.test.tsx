import type { ReactElement } from 'react';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  MockPermissionApi,
  renderInTestApp as renderInLegacyApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act, screen, waitFor } from '@testing-library/react';
import {
  EntityStatus,
  LlmInferenceResponseError,
} from 'backstage-plugin-llm-inference-common';
import { serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, service } from '../__testUtils__/services';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { servingCard } from '../extensions/entityCards';
import { servingContent } from '../extensions/entityContents';
import { EntityServingCard, EntityServingContent } from '../legacy';
import { LiveStatus } from '../live/LiveStatus';
import { liveStatusApiRef } from '../live/LiveStatusApi';

const REF = 'component:default/qwen';

async function inLegacyApp(element: ReactElement, client: ScriptedApi) {
  await renderInLegacyApp(
    <TestApiProvider
      apis={[
        [llmInferenceApiRef, client],
        [liveStatusApiRef, new LiveStatus({ client })],
        [catalogApiRef, catalogApiMock()],
        [permissionApiRef, new MockPermissionApi()],
      ]}
    >
      {element}
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

const SURFACES = {
  card: {
    element: () => createExtensionTester(servingCard).reactElement(),
    render: renderPlugin,
  },
  tab: {
    element: () => createExtensionTester(servingContent).reactElement(),
    render: renderPlugin,
  },
  'legacy card': {
    element: () => <EntityServingCard />,
    render: inLegacyApp,
  },
  'legacy tab': {
    element: () => <EntityServingContent />,
    render: inLegacyApp,
  },
};

describe.each(Object.entries(SURFACES))('the %s', (_, { element, render }) => {
  const show = async (
    answer: EntityStatus | Error | undefined,
    of = serviceEntity('qwen'),
  ) => {
    const client = new ScriptedApi();
    if (answer) {
      client.entities.set(REF, answer);
    }
    await render(
      <EntityProvider entity={of}>{element()}</EntityProvider>,
      client,
    );
    return client;
  };

  it('shows the outline while nothing is known', async () => {
    await show(undefined);

    expect(await screen.findByTestId('serving-skeleton')).toBeVisible();
    expect(screen.getByText('Reading the serving status…')).toBeInTheDocument();
  });

  it('shows a service in place of the outline', async () => {
    await show(entityStatus([service()]));

    expect((await screen.findAllByText('Healthy'))[0]).toBeVisible();
    expect(screen.getByRole('group', { name: 'Decode' })).toHaveTextContent(
      '4/4 ready',
    );
    expect(screen.queryByTestId('serving-skeleton')).not.toBeInTheDocument();
  });

  it('says how to annotate an entity that names no service', async () => {
    await show(undefined, serviceEntity('qwen', {}));

    expect(await screen.findByText('No service named')).toBeVisible();
    expect(
      screen.getByText(/serving.kserve.io\/llm-inference-service/),
    ).toBeVisible();
  });

  it('says that the user may not see the status', async () => {
    await show(new LlmInferenceResponseError(403, 'Not allowed'));

    expect(await screen.findByText('No permission')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('says that no cluster has the service', async () => {
    await show(entityStatus([], { reason: 'NotFound' }));

    expect(await screen.findByText('Not found in any cluster')).toBeVisible();
    expect(screen.getByText(/llm-demo\/qwen/)).toBeVisible();
  });

  it('names the cluster that cannot be reached, and why', async () => {
    await show(
      entityStatus([], {
        reason: 'Unreachable',
        clusters: [
          {
            name: 'gpu-east',
            title: 'GPU East',
            state: 'Unreachable',
            since: '2026-11-22T14:02:00Z',
            message: 'connect ECONNREFUSED',
            resources: {},
          },
        ],
      }),
    );

    expect(await screen.findByText('No cluster can be reached')).toBeVisible();
    expect(screen.getByText(/GPU East: unreachable since/)).toBeVisible();
    expect(screen.getByText('connect ECONNREFUSED')).toBeVisible();
  });

  it('names the cluster that cannot be reached beside the services of others', async () => {
    await show(
      entityStatus([service()], {
        clusters: [
          {
            name: 'gpu-west',
            title: 'GPU West',
            state: 'AuthFailed',
            since: '2026-11-22T14:02:00Z',
            resources: {},
          },
        ],
      }),
    );

    expect((await screen.findAllByText('Healthy'))[0]).toBeVisible();
    expect(
      screen.getByText(/GPU West: credentials not accepted/),
    ).toBeVisible();
  });

  it('says as of when it knows a service whose cluster is away', async () => {
    await show(
      entityStatus([
        service(
          {},
          { freshness: { state: 'Stale', asOf: '2026-11-22T14:02:00Z' } },
        ),
      ]),
    );

    expect(
      await screen.findByText(/^As of .*, cluster gpu-east unreachable$/),
    ).toBeVisible();
    expect(screen.getByRole('group', { name: 'Decode' })).toBeVisible();
  });

  it('keeps the last data when the backend goes away, and says so', async () => {
    const client = await show(entityStatus([service()]));
    expect((await screen.findAllByText('Healthy'))[0]).toBeVisible();
    await waitFor(() => expect(client.openStreams).toHaveLength(1));

    await act(async () => {
      client.streamError = new Error('Failed to fetch');
      client.entities.set(REF, new Error('Failed to fetch'));
      client.streams[0].end(new Error('network error'));
    });

    expect(
      await screen.findByText(/^As of .*, the portal backend does not answer$/),
    ).toBeVisible();
    expect(screen.getAllByText('Healthy')[0]).toBeVisible();
  });

  it('says that the service does not name the entity back', async () => {
    await show(entityStatus([], { reason: 'BindingNotVerified' }));

    expect(await screen.findByText('Binding not verified')).toBeVisible();
    expect(
      screen.getByText(/backstage.io\/entity-ref: component:default\/qwen/),
    ).toBeVisible();
  });

  it('says that the clusters are still being read', async () => {
    await show(entityStatus([], { reason: 'Syncing' }));

    expect(await screen.findByText('Reading the clusters')).toBeVisible();
  });

  it('says what went wrong where there never was an answer', async () => {
    await show(new LlmInferenceResponseError(503, 'The database is away'));

    expect(
      await screen.findByText('The status could not be read'),
    ).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
