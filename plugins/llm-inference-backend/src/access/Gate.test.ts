import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { component } from '../__testUtils__/component';
import { Gate } from './Gate';

const REF = 'component:default/qwen';

/** A gate before a catalog whose only entity may come and go. */
function gateBefore(
  catalogHas: () => Entity | undefined,
  answers: () => Promise<void> = async () => {},
) {
  let asked = 0;
  const gate = new Gate({
    binding: 'verified',
    catalog: catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        asked += 1;
        await answers();
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
  beforeEach(() => {
    jest.useFakeTimers();
    // Decisions end after 24 to 30 seconds; these after 27.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('are kept for up to half a minute where there is one', async () => {
    const { isVisible, asked } = gateBefore(() =>
      component('qwen', 'llm/qwen'),
    );
    expect(await isVisible()).toBe(true);
    jest.advanceTimersByTime(20_000);
    expect(await isVisible()).toBe(true);
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(8_000);
    await isVisible();
    expect(asked()).toBe(2);
  });

  it('are asked for again before they end where somebody uses them, who does not wait for that', async () => {
    const catalog = {
      entity: component('qwen', 'llm/qwen') as Entity | undefined,
    };
    const answering: Array<() => void> = [];
    const { isVisible, asked } = gateBefore(
      () => catalog.entity,
      () => new Promise(resolve => answering.push(resolve)),
    );
    const first = isVisible();
    answering.shift()!();
    expect(await first).toBe(true);
    jest.advanceTimersByTime(22_000);
    catalog.entity = undefined;
    // The old decision holds, and only one who uses it asks again.
    expect(await isVisible()).toBe(true);
    expect(await isVisible()).toBe(true);
    expect(asked()).toBe(2);
    answering.shift()!();
    await jest.advanceTimersByTimeAsync(0);
    expect(await isVisible()).toBe(false);
    expect(asked()).toBe(2);
  });

  it('end when they have to, also where nobody answers the question that was asked beforehand', async () => {
    const answering: Array<(error?: Error) => void> = [];
    const { isVisible, asked } = gateBefore(
      () => component('qwen', 'llm/qwen'),
      () =>
        new Promise((resolve, reject) =>
          answering.push(error => (error ? reject(error) : resolve())),
        ),
    );
    const first = isVisible();
    answering.shift()!();
    await first;
    jest.advanceTimersByTime(22_000);
    await isVisible();
    answering.shift()!(new Error('The catalog is away'));
    await jest.advanceTimersByTimeAsync(0);
    expect(await isVisible()).toBe(true);
    expect(asked()).toBe(3);
    jest.advanceTimersByTime(5_001);
    const after = isVisible();
    answering.pop()!(new Error('The catalog is still away'));
    await expect(after).rejects.toThrow('The catalog is still away');
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
