import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor } from '@testing-library/react';
import type { Entity } from '@backstage/catalog-model';
import { modelEntity, serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import {
  type EntityStatus,
  LlmInferenceResponseError,
} from 'backstage-plugin-llm-inference-common';
import { entityStatus, service } from '../__testUtils__/services';
import {
  modelServicesCard,
  systemServicesCard,
} from '../extensions/entityCards';

const entities = [
  serviceEntity('calm'),
  serviceEntity('broken'),
  serviceEntity('gone'),
  serviceEntity('unrelated', {}),
];

function renderCard(
  card: JSX.Element,
  entity: Entity,
  answers: Record<string, EntityStatus | Error> = {},
) {
  const client = new ScriptedApi();
  client.entities.set('component:default/calm', entityStatus([service()]));
  client.entities.set(
    'component:default/broken',
    entityStatus([service({ verdict: 'Unavailable' })]),
  );
  client.entities.set(
    'component:default/gone',
    entityStatus([], { reason: 'NotFound' }),
  );
  for (const [name, answer] of Object.entries(answers)) {
    client.entities.set(`component:default/${name}`, answer);
  }
  renderPlugin(
    <EntityProvider entity={entity}>{card}</EntityProvider>,
    client,
    { entities },
  );
  return client;
}

describe('RelatedServicesCard', () => {
  it('shows the services that serve a model, worst first', async () => {
    renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm', 'broken', 'gone', 'unrelated']),
    );

    expect(
      await screen.findByText('Services that serve this model'),
    ).toBeVisible();
    await screen.findByText('Unavailable');
    const rows = screen.getAllByRole('listitem').map(row => row.textContent);
    expect(rows).toEqual([
      'Unavailablebrokengpu-eastPrefill 2/2Decode 4/4',
      'Missinggone',
      'Healthycalmgpu-eastPrefill 2/2Decode 4/4',
    ]);
    expect(screen.getByRole('link', { name: 'broken' })).toHaveAttribute(
      'href',
      '/catalog/default/component/broken',
    );
  });

  it('follows what the stream pushes, and puts the worst first again', async () => {
    const client = renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm', 'broken']),
    );
    expect(await screen.findByText('Unavailable')).toBeVisible();
    await waitFor(() => expect(client.openStreams).toHaveLength(1));

    await act(async () => {
      client.openStreams[0].push({
        type: 'entity',
        data: entityStatus([service()], {
          entityRef: 'component:default/broken',
        }),
      });
      client.openStreams[0].push({
        type: 'entity',
        data: entityStatus([service({ verdict: 'Degraded' })], {
          entityRef: 'component:default/calm',
        }),
      });
    });

    await waitFor(() =>
      expect(screen.getAllByRole('link').map(link => link.textContent)).toEqual(
        ['calm', 'broken'],
      ),
    );
    expect(screen.getByText('Degraded')).toBeVisible();
  });

  it('says so where no service depends on the model', async () => {
    renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity([]),
    );

    expect(
      await screen.findByText('No LLM service depends on this model.'),
    ).toBeVisible();
  });

  it.each([
    [new LlmInferenceResponseError(403, 'Not allowed'), 'No permission'],
    [new Error('Failed to fetch'), 'The status could not be read'],
  ])('says in place of an empty list: %s', async (answer, says) => {
    renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm', 'broken']),
      { calm: answer, broken: answer },
    );

    expect(await screen.findByText(says)).toBeVisible();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });

  it('leaves out the services that the user may not see', async () => {
    renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm', 'broken']),
      { broken: new LlmInferenceResponseError(403, 'Not allowed') },
    );

    expect(await screen.findByRole('link', { name: 'calm' })).toBeVisible();
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByText('No permission')).not.toBeInTheDocument();
  });

  it('marks a service whose cluster cannot be reached', async () => {
    renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm', 'broken']),
      {
        calm: entityStatus([
          service(
            {},
            { freshness: { state: 'Stale', asOf: '2026-11-22T14:02:00Z' } },
          ),
        ]),
      },
    );

    expect(
      await screen.findByRole('img', { name: 'not up to date' }),
    ).toBeVisible();
  });

  it('keeps what it knows when the backend goes away, and says so', async () => {
    const client = renderCard(
      createExtensionTester(modelServicesCard).reactElement(),
      modelEntity(['calm']),
    );
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.queryByText(/does not answer/)).not.toBeInTheDocument();
    await waitFor(() => expect(client.openStreams).toHaveLength(1));

    await act(async () => {
      client.streamError = new Error('Failed to fetch');
      client.entities.set('component:default/calm', client.streamError);
      client.streams[0].end(new Error('network error'));
    });

    expect(
      await screen.findByText(/^As of .*, the portal backend does not answer$/),
    ).toBeVisible();
    expect(screen.getByText('Healthy')).toBeVisible();
  });

  it('shows the services of a system', async () => {
    renderCard(createExtensionTester(systemServicesCard).reactElement(), {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name: 'chat' },
      relations: [
        { type: 'hasPart', targetRef: 'component:default/calm' },
        { type: 'hasPart', targetRef: 'component:default/unrelated' },
      ],
    });

    expect(await screen.findByText('LLM services')).toBeVisible();
    expect(await screen.findAllByRole('listitem')).toHaveLength(1);
  });
});
