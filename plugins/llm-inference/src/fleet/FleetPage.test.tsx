import { createExtensionTester } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  LlmInferenceResponseError,
  ServiceList,
  ServiceSummary,
} from 'backstage-plugin-llm-inference-common';
import { serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { fleetPage } from '../extensions/pages';

const NOW = '2026-11-22T14:02:00Z';

function row(
  name: string,
  change: Partial<ServiceSummary> = {},
): ServiceSummary {
  return {
    service: { cluster: 'gpu-east', namespace: 'llm-demo', name },
    version: '1',
    verdict: 'Healthy',
    summary: 'All pods serve.',
    disaggregated: true,
    pools: {
      prefill: { desired: 2, ready: 2 },
      decode: { desired: 4, ready: 4 },
    },
    model: { name: 'Qwen/Qwen2-7B-Instruct' },
    entityRef: `component:default/${name}`,
    owner: 'group:default/search-team',
    freshness: { state: 'Live', asOf: NOW },
    ...change,
  };
}

const list: ServiceList = {
  items: [
    row('llama', {
      verdict: 'Unavailable',
      summary: 'No request can be answered.',
      rootCause: {
        id: 'model-access-denied',
        severity: 'Critical',
        title: 'The model may not be downloaded',
      },
      pools: {
        prefill: { desired: 2, ready: 2 },
        decode: { desired: 4, ready: 0 },
      },
    }),
    row('qwen', { drift: 'Differs' }),
  ],
  total: 120,
  counts: { Unavailable: 1, Healthy: 119 },
  clusters: [
    {
      name: 'gpu-east',
      title: 'GPU East',
      state: 'Live',
      since: NOW,
      resources: {},
    },
    {
      name: 'gpu-west',
      title: 'GPU West',
      state: 'AuthFailed',
      since: NOW,
      resources: {},
    },
  ],
};

function renderFleet(path = '/', fleet: ServiceList | Error = list) {
  const client = new ScriptedApi();
  client.fleet = fleet;
  renderPlugin(createExtensionTester(fleetPage).reactElement(), client, {
    path,
    entities: [serviceEntity('llama'), serviceEntity('qwen')],
  });
  return client;
}

describe('FleetPage', () => {
  it('lists services with verdict, cause, counts, model and owner', async () => {
    renderFleet();

    const llama = await screen.findByRole('row', { name: /llama/ });
    expect(llama).toHaveTextContent('Unavailable');
    expect(llama).toHaveTextContent('The model may not be downloaded');
    expect(llama).toHaveTextContent('Prefill 2/2Decode 0/4');
    expect(llama).toHaveTextContent('Qwen/Qwen2-7B-Instruct');
    expect(within(llama).getByRole('link', { name: 'llama' })).toHaveAttribute(
      'href',
      '/catalog/default/component/llama',
    );
    expect(
      within(llama).getByRole('link', { name: 'search-team' }),
    ).toHaveAttribute('href', '/catalog/default/group/search-team');
    expect(screen.getByText('1–50 of 120')).toBeVisible();
  });

  it('has one title', async () => {
    renderFleet();

    await screen.findByRole('row', { name: /llama/ });
    expect(
      screen.getAllByRole('heading', { level: 1 }).map(h => h.textContent),
    ).toEqual(['LLM services']);
  });

  it('stays the same page while its address changes', async () => {
    const client = renderFleet();
    await screen.findByRole('row', { name: /llama/ });
    const search = screen.getByRole('searchbox');

    await userEvent.type(search, 'qwen');

    await waitFor(() => expect(client.fleetQueries.at(-1)?.text).toBe('qwen'));
    expect(search).toBeInTheDocument();
    expect(search).toHaveFocus();
  });

  it('says how a service stands to Git, where that is known', async () => {
    renderFleet();

    expect(await screen.findByRole('row', { name: /qwen/ })).toHaveTextContent(
      'Differs from Git',
    );
    expect(screen.getByRole('row', { name: /llama/ })).not.toHaveTextContent(
      'Git',
    );
  });

  it('shows how well every cluster is watched', async () => {
    renderFleet();

    const clusters = await screen.findByRole('list', { name: 'Clusters' });
    expect(clusters).toHaveTextContent('GPU East live');
    expect(clusters).toHaveTextContent(
      /GPU West credentials not accepted since/,
    );
  });

  it('asks the backend for the page, the order and the verdicts that are chosen', async () => {
    const user = userEvent.setup();
    const client = renderFleet();
    await screen.findByText('1–50 of 120');

    await user.click(screen.getByRole('button', { name: 'Next table page' }));
    await waitFor(() =>
      expect(client.fleetQueries.at(-1)).toMatchObject({
        limit: 50,
        offset: 50,
      }),
    );

    await user.click(screen.getByRole('columnheader', { name: /Model/ }));
    await waitFor(() =>
      expect(client.fleetQueries.at(-1)).toMatchObject({
        sort: 'model',
        order: 'asc',
        offset: 0,
      }),
    );

    await user.click(screen.getByRole('button', { name: /Unavailable/ }));
    await waitFor(() =>
      expect(client.fleetQueries.at(-1)?.verdict).toEqual(['Unavailable']),
    );
    expect(screen.getByRole('button', { name: /Unavailable/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it.each([
    ['Cluster', 'GPU West', { cluster: ['gpu-west'] }],
    ['Owner', 'search-team', { owner: ['group:default/search-team'] }],
    ['Model', 'Qwen/Qwen2-7B-Instruct', { model: ['Qwen/Qwen2-7B-Instruct'] }],
  ])('narrows down by %s', async (filter, option, asked) => {
    const user = userEvent.setup();
    const client = renderFleet();
    await screen.findByText('1–50 of 120');

    await user.click(screen.getByRole('button', { name: new RegExp(filter) }));
    await user.click(await screen.findByRole('option', { name: option }));

    await waitFor(() =>
      expect(client.fleetQueries.at(-1)).toMatchObject({ ...asked, offset: 0 }),
    );
  });

  it('searches once typing pauses, and clears all filters at once', async () => {
    const user = userEvent.setup();
    const client = renderFleet();
    await screen.findByText('1–50 of 120');

    await user.type(screen.getByRole('searchbox'), 'qwen');
    await waitFor(() => expect(client.fleetQueries.at(-1)?.text).toBe('qwen'));
    expect(client.fleetQueries.map(({ text }) => text)).not.toContain('qw');

    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() =>
      expect(client.fleetQueries.at(-1)?.text).toBeUndefined(),
    );
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('starts with the view that the address names', async () => {
    const client = renderFleet(
      '/?verdict=Degraded&verdict=Nonsense&cluster=gpu-east&sort=name&order=desc&offset=-3',
    );
    await screen.findByText('1–50 of 120');

    expect(client.fleetQueries[0]).toMatchObject({
      verdict: ['Degraded'],
      cluster: ['gpu-east'],
      sort: 'name',
      order: 'desc',
      offset: 0,
    });
  });

  it('reads the list again when the stream says that the fleet has changed', async () => {
    const client = renderFleet();
    await screen.findByRole('row', { name: /llama/ });
    await waitFor(() => expect(client.openStreams).toHaveLength(1));
    client.fleet = { ...list, items: [row('gemma')], total: 1 };
    await act(async () => {
      client.openStreams[0].push({ type: 'changed', data: { services: [] } });
    });

    expect(await screen.findByRole('row', { name: /gemma/ })).toBeVisible();
    expect(screen.getByText('Live')).toBeVisible();
  });

  it('keeps the list when the backend goes away, and says so', async () => {
    const client = renderFleet();
    await screen.findByRole('row', { name: /llama/ });
    await waitFor(() => expect(client.openStreams).toHaveLength(1));
    client.fleet = new Error('Failed to fetch');
    await act(async () => {
      client.streamError = new Error('Failed to fetch');
      client.openStreams[0].end(new Error('network error'));
    });

    expect(
      await screen.findByText(/the portal backend does not answer/),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /llama/ })).toBeVisible();
  });

  it('says that there is no service, or that none matches', async () => {
    renderFleet('/', { ...list, items: [], total: 0, counts: {} });
    expect(
      await screen.findByText('There is no LLM service that you may see.'),
    ).toBeVisible();
  });

  it('says that none matches where the view is narrowed down', async () => {
    renderFleet('/?text=x', { ...list, items: [], total: 0, counts: {} });
    expect(await screen.findByText('No service matches.')).toBeVisible();
  });

  it('says that the user may not see the fleet', async () => {
    renderFleet('/', new LlmInferenceResponseError(403, 'Not allowed'));
    expect(await screen.findByText('No permission')).toBeVisible();
  });
});
