import { LlmInferenceResponseError } from 'backstage-plugin-llm-inference-common';
import { entityStatus, service } from '../__testUtils__/services';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { LiveStatus } from './LiveStatus';
import type { PageVisibility } from './PageVisibility';

const QWEN = 'component:default/qwen';
const LLAMA = 'component:default/llama';

class SwitchedVisibility implements PageVisibility {
  #hidden = false;
  #listener = () => {};

  hidden() {
    return this.#hidden;
  }

  onChange(listener: () => void) {
    this.#listener = listener;
  }

  hide(hidden: boolean) {
    this.#hidden = hidden;
    this.#listener();
  }
}

function setUp() {
  const client = new ScriptedApi();
  client.entities.set(QWEN, entityStatus([service()]));
  client.entities.set(LLAMA, entityStatus([service()], { entityRef: LLAMA }));
  const visibility = new SwitchedVisibility();
  const live = new LiveStatus({ client, visibility });
  return { client, live, visibility };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('LiveStatus', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reads at once, then opens one stream for everything that is watched', async () => {
    const { client, live } = setUp();
    live.watchEntity(QWEN, () => {});
    live.watchEntity(QWEN, () => {});
    live.watchEntity(LLAMA, () => {});
    live.watchFleet(() => {});
    await pass(1_000);

    expect(live.entity(QWEN).status?.services).toHaveLength(1);
    expect(client.reads).toBe(2);
    expect(client.streams).toHaveLength(1);
    expect(client.streams[0].subscription).toMatchObject({
      entityRefs: [LLAMA, QWEN],
      fleet: true,
    });
  });

  it('tells only those who watch the entity that an event speaks of', async () => {
    const { client, live } = setUp();
    const ofQwen = jest.fn();
    const ofLlama = jest.fn();
    live.watchEntity(QWEN, ofQwen);
    live.watchEntity(LLAMA, ofLlama);
    await pass(1_000);
    client.streams.at(-1)?.push({
      type: 'entity',
      data: entityStatus([service()], { entityRef: QWEN }),
    });
    await pass(0);
    ofQwen.mockClear();
    ofLlama.mockClear();

    const next = entityStatus([service({ verdict: 'Degraded' })], {
      entityRef: 'Component:default/QWEN',
    });
    client.streams.at(-1)?.push({ type: 'entity', data: next });
    await pass(0);

    expect(live.entity(QWEN)).toMatchObject({
      connection: 'Live',
      status: next,
    });
    expect(ofQwen).toHaveBeenCalledTimes(1);
    expect(ofLlama).not.toHaveBeenCalled();
  });

  it('opens a new stream when another card appears, and closes it when the last one goes', async () => {
    const { client, live } = setUp();
    const stopQwen = live.watchEntity(QWEN, () => {});
    await pass(1_000);
    const stopLlama = live.watchEntity(LLAMA, () => {});
    await pass(1_000);
    expect(client.openStreams).toHaveLength(1);
    expect(client.openStreams[0].subscription.entityRefs).toEqual([
      LLAMA,
      QWEN,
    ]);

    stopQwen();
    stopLlama();
    await pass(1_000);
    expect(client.openStreams).toHaveLength(0);
  });

  it('leaves out of the stream what the backend refuses', async () => {
    const { client, live } = setUp();
    client.entities.set(LLAMA, new LlmInferenceResponseError(403, 'No'));
    live.watchEntity(QWEN, () => {});
    live.watchEntity(LLAMA, () => {});
    await pass(1_000);

    expect(client.streams[0].subscription.entityRefs).toEqual([QWEN]);
    expect(live.entity(LLAMA).error?.message).toBe('No');
  });

  it('polls while no stream can be held open, and says so', async () => {
    const { client, live } = setUp();
    client.streamError = new LlmInferenceResponseError(502, 'Bad gateway');
    live.watchEntity(QWEN, () => {});
    await pass(1_000);
    const before = client.reads;
    const next = entityStatus([service({ verdict: 'Degraded' })]);
    client.entities.set(QWEN, next);
    await pass(11_000);

    expect(client.reads).toBeGreaterThan(before);
    expect(live.entity(QWEN).status).toEqual(next);

    client.streamError = undefined;
    await pass(31_000);
    client.openStreams[0].push({ type: 'entity', data: next });
    await pass(0);
    expect(live.entity(QWEN).connection).toBe('Live');

    const settled = client.reads;
    await pass(60_000);
    expect(client.reads).toBe(settled);
  });

  it('keeps the last data when the backend goes away, and comes back by itself', async () => {
    const { client, live } = setUp();
    const { stream } = await watchAndSettle(live, client);
    client.streamError = new Error('Failed to fetch');
    client.entities.set(QWEN, new Error('Failed to fetch'));
    stream.end(new Error('network error'));
    await pass(100);

    expect(live.entity(QWEN)).toMatchObject({
      connection: 'Away',
      status: { services: [{ service: { name: 'qwen' } }] },
    });

    client.streamError = undefined;
    client.entities.set(QWEN, entityStatus([service()]));
    await pass(40_000);
    client.openStreams[0].push({
      type: 'entity',
      data: entityStatus([service()]),
    });
    await pass(0);
    expect(live.entity(QWEN).connection).toBe('Live');
    expect(live.entity(QWEN).error).toBeUndefined();
  });

  it('waits longer after every failed attempt', async () => {
    const { client, live } = setUp();
    const opened = jest.spyOn(client, 'stream');
    client.streamError = new Error('Failed to fetch');
    live.watchEntity(QWEN, () => {});
    await pass(120_000);

    // Waits of 0.5–1, 1–2, 2–4, 4–8, 8–16, 15–30, 15–30 … seconds.
    expect(opened.mock.calls.length).toBeGreaterThanOrEqual(7);
    expect(opened.mock.calls.length).toBeLessThanOrEqual(13);
  });

  it('takes the data away when a permission is taken away', async () => {
    const { client, live } = setUp();
    const { stream } = await watchAndSettle(live, client);
    client.entities.set(QWEN, new LlmInferenceResponseError(403, 'No more'));
    stream.end();
    await pass(100);

    expect(live.entity(QWEN).status).toBeUndefined();
    expect(live.entity(QWEN).error?.message).toBe('No more');
  });

  it('rests while the tab is hidden', async () => {
    const { client, live, visibility } = setUp();
    await watchAndSettle(live, client);
    visibility.hide(true);
    expect(client.openStreams).toHaveLength(0);
    const before = client.reads;
    await pass(600_000);
    expect(client.openStreams).toHaveLength(0);
    expect(client.reads).toBe(before);

    visibility.hide(false);
    await pass(0);
    expect(client.openStreams).toHaveLength(1);
  });

  it('does not poll while the tab is hidden either, and reads at once when it is seen again', async () => {
    const { client, live, visibility } = setUp();
    client.streamError = new LlmInferenceResponseError(502, 'Bad gateway');
    live.watchEntity(QWEN, () => {});
    await pass(15_000);
    visibility.hide(true);
    await pass(0);
    const before = client.reads;
    const opened = jest.spyOn(client, 'stream');
    await pass(600_000);
    expect(client.reads).toBe(before);
    expect(opened).not.toHaveBeenCalled();

    visibility.hide(false);
    await pass(100);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(client.reads).toBe(before + 1);
  });

  it('tells of changes in the fleet and of the clusters', async () => {
    const { client, live } = setUp();
    const listener = jest.fn();
    live.watchFleet(listener);
    await pass(1_000);
    const clusters = [
      {
        name: 'gpu-east',
        state: 'Live' as const,
        since: '2026-11-22T14:00:00Z',
        resources: {},
      },
    ];
    client.streams[0].push({ type: 'clusters', data: clusters });
    await pass(0);
    expect(live.fleet()).toMatchObject({ connection: 'Live', clusters });

    const { revision } = live.fleet();
    client.streams[0].push({ type: 'changed', data: { services: [] } });
    await pass(0);
    expect(live.fleet().revision).toBe(revision + 1);
    expect(listener).toHaveBeenCalled();
  });
});

async function watchAndSettle(live: LiveStatus, client: ScriptedApi) {
  live.watchEntity(QWEN, () => {});
  await pass(1_000);
  const [stream] = client.openStreams;
  stream.push({ type: 'entity', data: entityStatus([service()]) });
  await pass(0);
  return { stream };
}
