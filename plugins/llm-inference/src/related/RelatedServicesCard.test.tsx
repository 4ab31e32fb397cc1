import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor } from '@testing-library/react';
import type { Entity } from '@backstage/catalog-model';
import { modelEntity, serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
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

function renderCard(card: JSX.Element, entity: Entity) {
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
