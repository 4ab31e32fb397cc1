import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import {
  entityStatus,
  pods,
  pool,
  service,
  health,
} from '../__testUtils__/services';
import { insufficientRdma } from '../__testUtils__/causes';
import { serviceEntity } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { servingCard } from '../extensions/entityCards';

const REF = 'component:default/qwen';

function renderCard(
  answer: EntityStatus,
  { maxPods }: { maxPods?: number } = {},
) {
  const client = new ScriptedApi();
  client.entities.set(REF, answer);
  const element = createExtensionTester(servingCard, {
    config: { maxPods },
  }).reactElement();
  renderPlugin(
    <EntityProvider entity={serviceEntity('qwen')}>{element}</EntityProvider>,
    client,
  );
  return client;
}

describe('EntityServingCard', () => {
  it('shows verdict, summary and both pools', async () => {
    renderCard(entityStatus([service()]));

    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 2, name: 'Serving' }),
    ).toBeVisible();
    expect(
      screen.getByText(
        '2 prefill and 4 decode pods serve; KV transfer over RDMA.',
      ),
    ).toBeVisible();
    const prefill = screen.getByRole('group', { name: 'Prefill' });
    expect(prefill).toHaveTextContent('2/2 ready');
    expect(within(prefill).getByRole('img', { name: '2 ready' })).toBeVisible();
    expect(screen.getByRole('group', { name: 'Decode' })).toHaveTextContent(
      '4/4 ready',
    );
    expect(
      screen.getByRole('group', { name: 'KV cache path' }),
    ).toHaveTextContent('RDMAPaired · Effective');
  });

  it('tells how fast KV cache moves, once that is known', async () => {
    const moving = health().kvTransfer;
    renderCard(
      entityStatus([
        service({ kvTransfer: { ...moving, bytesPerSecond: 11.24e9 } }),
      ]),
    );

    expect(
      await screen.findByRole('group', { name: 'KV cache path' }),
    ).toHaveTextContent('RDMA · 11.2 GB/sPaired · Effective');
  });

  it('says how many pods of a rollout are updated', async () => {
    renderCard(
      entityStatus([
        service({
          pools: {
            prefill: pool(pods('prefill', 2), { updated: 1, restarts: 3 }),
            decode: pool(pods('decode', 4)),
          },
        }),
      ]),
    );

    expect(
      await screen.findByRole('group', { name: 'Prefill' }),
    ).toHaveTextContent('1 of 2 updated · 3 restarts');
    expect(screen.getByRole('group', { name: 'Decode' })).toHaveTextContent(
      '4 of 4 updated',
    );
  });

  it('shows the way of a request, part by part, each with its state in words', async () => {
    renderCard(
      entityStatus([
        service({
          router: {
            gateway: { state: 'Ready' },
            route: { state: 'Unknown' },
            inferencePool: { state: 'NotConfigured' },
            scheduler: { state: 'NotReady', reason: 'No pod is ready' },
          },
        }),
      ]),
    );

    const router = await screen.findByRole('group', { name: 'Router' });
    const parts = within(router).getAllByRole('listitem');
    expect(parts.map(part => part.textContent)).toEqual([
      'Gatewayready',
      'Routeunknown',
      'Inference poolnot configured',
      'Schedulernot ready',
    ]);
    expect(parts[3]).toHaveAttribute('title', 'No pod is ready');
  });

  it('copies a program that asks through the OpenAI client', async () => {
    const user = userEvent.setup();
    const written = jest.spyOn(navigator.clipboard, 'writeText');
    renderCard(entityStatus([service()]));
    await user.click(await screen.findByRole('button', { name: 'Python' }));
    await user.click(screen.getByRole('button', { name: 'Copy Python' }));

    expect(written).toHaveBeenCalledWith(
      expect.stringMatching(
        /from openai import OpenAI[^]*https:\/\/llm\.example\.com\/llm-demo\/qwen\/v1/,
      ),
    );
  });

  it('follows what the stream pushes, without a reload', async () => {
    const client = renderCard(
      entityStatus([
        service({
          verdict: 'Progressing',
          summary: 'Decode pods are starting.',
        }),
      ]),
    );
    expect(await screen.findByText('Progressing')).toBeVisible();
    expect(screen.getByText('Connecting…')).toBeVisible();

    await act(async () => {
      await waitForStream(client);
      client.streams[0].push({
        type: 'entity',
        data: entityStatus([service()]),
      });
    });

    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('Live')).toBeVisible();
  });

  it('names the root cause and what to do', async () => {
    renderCard(
      entityStatus([
        service({ verdict: 'Degraded', causes: [insufficientRdma] }),
      ]),
    );

    const cause = await screen.findByRole('group', { name: 'Root cause' });
    expect(cause).toHaveTextContent('No free RDMA share');
    expect(cause).toHaveTextContent('Critical');
    expect(cause).toHaveTextContent('What to do: Add a node with RDMA shares');
  });

  it('shows one line per cluster, and the chosen cluster in full', async () => {
    const west = { cluster: 'gpu-west', namespace: 'llm-demo', name: 'qwen' };
    renderCard(
      entityStatus([
        service({
          service: west,
          verdict: 'Degraded',
          summary: 'Prefill waits for RDMA.',
        }),
        service({ summary: 'All is well.' }),
      ]),
    );

    const [first, second] = await screen.findAllByRole('button', {
      name: /gpu-/,
    });
    expect(first).toHaveTextContent('Degradedgpu-west');
    expect(first).toHaveAttribute('aria-pressed', 'true');
    expect(second).toHaveTextContent('Healthygpu-east');
    expect(screen.getByText('Prefill waits for RDMA.')).toBeVisible();

    await userEvent.click(second);
    expect(screen.getByText('All is well.')).toBeVisible();
  });

  it('shows the only pool of a service without prefill, and no KV path', async () => {
    renderCard(
      entityStatus([
        service({
          disaggregated: false,
          pools: { decode: pool(pods('qwen', 3)) },
        }),
      ]),
    );

    expect(
      await screen.findByRole('group', { name: 'Engine' }),
    ).toHaveTextContent('3/3 ready');
    expect(
      screen.queryByRole('group', { name: 'KV cache path' }),
    ).not.toBeInTheDocument();
  });

  it('shows what is unknown as unknown', async () => {
    renderCard(
      entityStatus([
        service({
          verdict: 'Unknown',
          pools: {
            prefill: pool([], { desired: 2, ready: null, updated: null }),
            decode: pool([], { desired: null, ready: null, updated: null }),
          },
        }),
      ]),
    );

    expect(
      await screen.findByRole('group', { name: 'Prefill' }),
    ).toHaveTextContent('?/2 ready');
    expect(screen.getByRole('group', { name: 'Decode' })).toHaveTextContent(
      '?/? ready',
    );
  });

  it('copies a curl call that the endpoint understands', async () => {
    const user = userEvent.setup();
    const written = jest.spyOn(navigator.clipboard, 'writeText');
    renderCard(entityStatus([service()]));
    await user.click(await screen.findByRole('button', { name: 'curl' }));
    await user.click(screen.getByRole('button', { name: 'Copy curl' }));

    expect(written).toHaveBeenCalledWith(
      expect.stringContaining(
        `curl 'https://llm.example.com/llm-demo/qwen/v1/chat/completions'`,
      ),
    );
    expect(await screen.findByText('Copied')).toBeInTheDocument();
  });

  it('counts the pods beyond the configured number of dots', async () => {
    renderCard(
      entityStatus([
        service({
          pools: {
            prefill: pool(pods('prefill', 2)),
            decode: pool(pods('decode', 12)),
          },
        }),
      ]),
      { maxPods: 5 },
    );

    expect(
      await screen.findByRole('group', { name: 'Decode' }),
    ).toHaveTextContent('+7');
  });
});

async function waitForStream(client: ScriptedApi): Promise<void> {
  while (client.openStreams.length === 0) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
