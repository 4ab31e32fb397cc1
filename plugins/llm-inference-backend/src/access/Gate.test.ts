import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { component } from '../__testUtils__/component';
import { Gate } from './Gate';

const REF = 'component:default/qwen';

/** A gate before a catalog whose only entity may come and go. */
function gateBefore(catalogHas: () => Entity | undefined) {
  let asked = 0;
  const gate = new Gate({
    binding: 'verified',
    catalog: catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        asked += 1;
        return { items: [catalogHas()] };
      },
    }),
    permissions: mockServices.permissions.mock({
      authorize: async () => [{ result: AuthorizeResult.ALLOW }],
    }),
  });
  const credentials = mockCredentials.user('user:default/ada');
  return {
    isVisible: async () => (await gate.entity(REF, credentials)).visible,
    asked: () => asked,
  };
}

describe('decisions about an entity', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are kept for up to half a minute where there is one', async () => {
    const { isVisible, asked } = gateBefore(() =>
      component('qwen', 'llm/qwen'),
    );
    expect(await isVisible()).toBe(true);
    jest.advanceTimersByTime(23_000);
    expect(await isVisible()).toBe(true);
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(8_000);
    await isVisible();
    expect(asked()).toBe(2);
  });

  it('are kept for seconds where there is none: somebody may be making it', async () => {
    const catalog: { entity?: Entity } = {};
    const { isVisible, asked } = gateBefore(() => catalog.entity);
    expect(await isVisible()).toBe(false);
    jest.advanceTimersByTime(1_000);
    expect(await isVisible()).toBe(false);
    expect(asked()).toBe(1);
    catalog.entity = component('qwen', 'llm/qwen');
    jest.advanceTimersByTime(4_000);
    expect(await isVisible()).toBe(true);
  });
});
