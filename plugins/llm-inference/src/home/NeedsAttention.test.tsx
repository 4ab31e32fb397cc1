import { act, screen, waitFor } from '@testing-library/react';
import {
  LlmInferenceResponseError,
  type ServiceList,
} from 'backstage-plugin-llm-inference-common';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { NeedsAttention } from './NeedsAttention';

const list: ServiceList = {
  items: [
    {
      service: { cluster: 'gpu-east', namespace: 'llm-demo', name: 'llama' },
      version: '1',
      verdict: 'Unavailable',
      summary: 'No request can be answered.',
      disaggregated: true,
      pools: {},
      entityRef: 'component:default/llama',
      freshness: { state: 'Live', asOf: '2026-11-22T14:02:00Z' },
    },
  ],
  total: 9,
  counts: { Unavailable: 9 },
  clusters: [],
};

describe('NeedsAttention', () => {
  it('shows what is wrong with the services of my teams', async () => {
    const client = new ScriptedApi();
    client.fleet = list;
    renderPlugin(<NeedsAttention />, client);

    expect(await screen.findByRole('link', { name: 'llama' })).toHaveAttribute(
      'href',
      '/catalog/default/component/llama',
    );
    expect(screen.getByText('No request can be answered.')).toBeVisible();
    expect(client.fleetQueries[0]).toMatchObject({
      owner: ['user:default/ada', 'group:default/search-team'],
      verdict: ['Unavailable', 'Missing', 'Degraded', 'Unknown'],
    });
    expect(
      screen.getByRole('link', { name: 'Show all 9 services' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/llm-inference\?verdict=Unavailable&/),
    );
  });

  it('reads again when the stream says that the fleet has changed', async () => {
    const client = new ScriptedApi();
    client.fleet = list;
    renderPlugin(<NeedsAttention />, client);
    await screen.findByRole('link', { name: 'llama' });
    await waitFor(() => expect(client.openStreams).toHaveLength(1));

    client.fleet = { ...list, items: [], total: 0 };
    await act(async () => {
      client.openStreams[0].push({ type: 'changed', data: { services: [] } });
    });

    expect(await screen.findByText('Nothing needs attention')).toBeVisible();
  });

  it('shows an outline while nothing is known', async () => {
    const { container } = renderPlugin(<NeedsAttention />, new ScriptedApi());

    await waitFor(() =>
      expect(container.querySelector('.bui-Skeleton')).toBeInTheDocument(),
    );
    expect(screen.queryByText('Nothing needs attention')).toBeNull();
  });

  it('says that the user may not see services', async () => {
    const client = new ScriptedApi();
    client.fleet = new LlmInferenceResponseError(403, 'Not allowed');
    renderPlugin(<NeedsAttention />, client);

    expect(await screen.findByText('No permission')).toBeVisible();
  });

  it('marks a service whose cluster cannot be reached', async () => {
    const client = new ScriptedApi();
    const [item] = list.items;
    client.fleet = {
      ...list,
      items: [{ ...item, freshness: { ...item.freshness, state: 'Stale' } }],
    };
    renderPlugin(<NeedsAttention />, client);

    expect(
      await screen.findByRole('img', { name: 'not up to date' }),
    ).toBeVisible();
  });

  it('keeps what it knows when the backend goes away, and says so', async () => {
    const client = new ScriptedApi();
    client.fleet = list;
    renderPlugin(<NeedsAttention />, client);
    await screen.findByRole('link', { name: 'llama' });
    expect(screen.queryByText(/does not answer/)).toBeNull();
    await waitFor(() => expect(client.openStreams).toHaveLength(1));

    await act(async () => {
      client.streamError = new Error('Failed to fetch');
      client.fleet = new Error('Failed to fetch');
      client.streams[0].end(new Error('network error'));
    });

    expect(
      await screen.findByText(/^As of .*, the portal backend does not answer$/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'llama' })).toBeVisible();
  });

  it('says so where nothing needs attention', async () => {
    const client = new ScriptedApi();
    client.fleet = { ...list, items: [], total: 0 };
    renderPlugin(<NeedsAttention />, client);

    expect(await screen.findByText('Nothing needs attention')).toBeVisible();
  });
});
