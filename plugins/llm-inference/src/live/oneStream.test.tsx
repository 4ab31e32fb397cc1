import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import { modelEntity, serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, service } from '../__testUtils__/services';
import { modelServicesCard, servingCard } from '../extensions/entityCards';
import { servingContent } from '../extensions/entityContents';
import { fleetPage } from '../extensions/pages';

const NAMES = ['qwen', 'llama', 'gemma'];

describe('a browser tab', () => {
  it('has one stream, however many cards, tabs and lists it shows', async () => {
    const client = new ScriptedApi();
    const opened = jest.spyOn(client, 'stream');
    client.fleet = { items: [], total: 0, counts: {}, clusters: [] };
    for (const name of NAMES) {
      client.entities.set(
        `component:default/${name}`,
        entityStatus([service()]),
      );
    }
    renderPlugin(
      <>
        <EntityProvider entity={serviceEntity('qwen')}>
          {createExtensionTester(servingCard).reactElement()}
          {createExtensionTester(servingContent).reactElement()}
        </EntityProvider>
        <EntityProvider entity={serviceEntity('llama')}>
          {createExtensionTester(servingCard).reactElement()}
        </EntityProvider>
        <EntityProvider entity={modelEntity(['qwen', 'gemma'])}>
          {createExtensionTester(modelServicesCard).reactElement()}
        </EntityProvider>
        {createExtensionTester(fleetPage).reactElement()}
      </>,
      client,
      { entities: NAMES.map(name => serviceEntity(name)) },
    );

    await waitFor(() =>
      expect(client.openStreams.map(stream => stream.subscription)).toEqual([
        expect.objectContaining({
          entityRefs: NAMES.map(name => `component:default/${name}`).sort(),
          fleet: true,
        }),
      ]),
    );
    expect(screen.getAllByText('Healthy').length).toBeGreaterThanOrEqual(3);
    // Who appears later is taken in by a stream in place of the one before, never beside it.
    expect(opened.mock.calls.length).toBeLessThanOrEqual(NAMES.length + 1);
  });
});
