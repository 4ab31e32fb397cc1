import type { Entity } from '@backstage/catalog-model';
import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, within } from '@testing-library/react';
import {
  EntityStatus,
  LlmInferenceResponseError,
  SERVICE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import { entityStatus, pods, pool, service } from '../__fixtures__/services';
import { ScriptedApi } from '../__fixtures__/ScriptedApi';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import { servingCard } from '../extensions/entityCards';
import { LiveStatus } from '../live/LiveStatus';
import { liveStatusApiRef } from '../live/LiveStatusApi';

const REF = 'component:default/qwen';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'qwen',
    annotations: { [SERVICE_ANNOTATION]: 'llm-demo/qwen' },
  },
};

function renderCard(
  answer: EntityStatus | Error | undefined,
  { of = entity, maxPods }: { of?: Entity; maxPods?: number } = {},
) {
  const client = new ScriptedApi();
  if (answer) {
    client.entities.set(REF, answer);
  }
  const element = createExtensionTester(servingCard, {
    config: { maxPods },
  }).reactElement();
  renderInTestApp(<EntityProvider entity={of}>{element}</EntityProvider>, {
    apis: [
      [llmInferenceApiRef, client],
      [liveStatusApiRef, new LiveStatus({ client })],
    ],
  });
  return client;
}

describe('EntityServingCard', () => {
  it('shows verdict, summary and both pools', async () => {
    renderCard(entityStatus([service()]));

    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(
      screen.getByText(
        '2 prefill and 4 decode pods serve; KV transfer over RDMA.',
      ),
    ).toBeVisible();
    const prefill = screen.getByRole('region', { name: 'Prefill' });
    expect(prefill).toHaveTextContent('2/2 ready');
    expect(within(prefill).getByRole('img', { name: '2 ready' })).toBeVisible();
    expect(screen.getByRole('region', { name: 'Decode' })).toHaveTextContent(
      '4/4 ready',
    );
    expect(
      screen.getByRole('region', { name: 'KV cache path' }),
    ).toHaveTextContent('RDMAPaired · Effective');
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

  it('shows the outline while nothing is known', async () => {
    renderCard(undefined);

    expect(
      await screen.findByText('Reading the serving status…'),
    ).toBeInTheDocument();
  });

  it('says how to annotate an entity that names no service', async () => {
    renderCard(undefined, {
      of: { ...entity, metadata: { name: 'qwen' } },
    });

    expect(await screen.findByText('No service named')).toBeVisible();
    expect(
      screen.getByText(/serving.kserve.io\/llm-inference-service/),
    ).toBeVisible();
  });

  it('says that no cluster has the service', async () => {
    renderCard(entityStatus([], { reason: 'NotFound' }));

    expect(await screen.findByText('Not found in any cluster')).toBeVisible();
    expect(screen.getByText(/llm-demo\/qwen/)).toBeVisible();
  });

  it('says that the user may not see the status', async () => {
    renderCard(new LlmInferenceResponseError(403, 'Not allowed'));

    expect(await screen.findByText('No permission')).toBeVisible();
  });

  it('says what went wrong where there never was an answer', async () => {
    renderCard(new LlmInferenceResponseError(503, 'The database is away'));

    expect(
      await screen.findByText('The status could not be read'),
    ).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
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
      await screen.findByRole('region', { name: 'Decode' }),
    ).toHaveTextContent('+7');
  });
});

async function waitForStream(client: ScriptedApi): Promise<void> {
  while (client.openStreams.length === 0) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
