import type { Entity } from '@backstage/catalog-model';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { serviceEntity, serviceInGit } from '../__testUtils__/entities';
import { germanTranslation } from '../__testUtils__/german';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, pods, pool, service } from '../__testUtils__/services';
import { modelServicesCard, servingCard } from './entityCards';
import { servingContent } from './entityContents';
import { fleetPage } from './pages';

function bigService(): ScriptedApi {
  const client = new ScriptedApi();
  client.entities.set(
    'component:default/qwen',
    entityStatus([service({ pools: { decode: pool(pods('decode', 12)) } })]),
  );
  return client;
}

const shows = (
  filter: ((entity: Entity) => boolean) | undefined,
  entity: Entity,
) => filter?.(entity);

describe('what an administrator can set in app-config', () => {
  it('is the type of a card', () => {
    const { type } = EntityCardBlueprint.dataRefs;
    expect(createExtensionTester(servingCard).get(type)).toBe('content');
    expect(
      createExtensionTester(servingCard, { config: { type: 'info' } }).get(
        type,
      ),
    ).toBe('info');
    expect(
      createExtensionTester(modelServicesCard, {
        config: { type: 'info' },
      }).get(type),
    ).toBe('info');
  });

  it('is which entities have the card and the tab', () => {
    const production = { 'spec.lifecycle': 'production' };
    const entity = serviceEntity('qwen');
    for (const filter of [
      createExtensionTester(servingCard, {
        config: { filter: production },
      }).get(EntityCardBlueprint.dataRefs.filterFunction),
      createExtensionTester(servingContent, {
        config: { filter: production },
      }).get(EntityContentBlueprint.dataRefs.filterFunction),
    ]) {
      expect(shows(filter, entity)).toBe(false);
      expect(
        shows(filter, {
          ...entity,
          spec: { ...entity.spec, lifecycle: 'production' },
        }),
      ).toBe(true);
    }
  });

  it('is how many pods are drawn', async () => {
    const card = createExtensionTester(servingCard, {
      config: { maxPods: 5 },
    }).reactElement();
    const client = bigService();
    renderPlugin(
      <EntityProvider entity={serviceInGit('qwen')}>{card}</EntityProvider>,
      client,
    );

    expect(
      await screen.findByRole('group', { name: 'Decode' }),
    ).toHaveTextContent('+7');
  });

  it('is how many pods are drawn on the tab', async () => {
    const tab = createExtensionTester(servingContent, {
      config: { maxPods: 3 },
    }).reactElement();
    renderPlugin(
      <EntityProvider entity={serviceInGit('qwen')}>{tab}</EntityProvider>,
      bigService(),
    );

    expect(
      await screen.findByRole('group', { name: 'Decode' }),
    ).toHaveTextContent('+9');
  });

  it('is path, title and group of the tab', () => {
    const { group, title } = EntityContentBlueprint.dataRefs;
    const plain = createExtensionTester(servingContent);
    expect(plain.get(coreExtensionData.routePath)).toBe('/serving');
    expect(plain.get(title)).toBe('Serving');
    expect(plain.get(group)).toBe('deployment');

    const set = createExtensionTester(servingContent, {
      config: { path: '/llm', title: 'LLM', group: 'operation' },
    });
    expect(set.get(coreExtensionData.routePath)).toBe('/llm');
    expect(set.get(title)).toBe('LLM');
    expect(set.get(group)).toBe('operation');
    expect(
      createExtensionTester(servingContent, { config: { group: false } }).get(
        group,
      ),
    ).toBeUndefined();
  });

  it('refuses what makes no sense, by name', () => {
    expect(() =>
      createExtensionTester(servingCard, {
        config: { maxPods: -1 },
      }).reactElement(),
    ).toThrow(/maxPods/);
  });
});

describe('the page of all services', () => {
  const titleWith = async (config: { title?: string }) => {
    const client = new ScriptedApi();
    client.fleet = { items: [], total: 0, counts: {}, clusters: [] };
    renderPlugin(
      createExtensionTester(fleetPage, { config }).reactElement(),
      client,
      { translation: germanTranslation() },
    );
    const [title] = await screen.findAllByRole('heading', { level: 1 });
    return title.textContent;
  };

  it('has its title in the language of the reader', async () => {
    expect(await titleWith({})).toBe('LLM-Dienste');
  });

  it('has the title that an administrator gives it', async () => {
    expect(await titleWith({ title: 'Modelle' })).toBe('Modelle');
  });
});
