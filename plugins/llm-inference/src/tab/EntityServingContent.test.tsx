import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { modelAccessDenied } from '../__testUtils__/causes';
import { changeTemplate, serviceInGit } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, pods, pool, service } from '../__testUtils__/services';
import { servingContent } from '../extensions/entityContents';

function renderTab(
  status: ServiceStatus,
  config: { links?: Array<{ title: string; url: string }> } = {},
) {
  const client = new ScriptedApi();
  client.entities.set('component:default/qwen', entityStatus([status]));
  const element = createExtensionTester(servingContent, {
    config,
  }).reactElement();
  const entity = serviceInGit('qwen');
  entity.metadata.annotations = {
    ...entity.metadata.annotations,
    'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=qwen',
  };
  renderPlugin(
    <EntityProvider entity={entity}>{element}</EntityProvider>,
    client,
    { entities: [changeTemplate] },
  );
}

describe('EntityServingContent', () => {
  it('explains every cause, with what was seen word for word', async () => {
    renderTab(service({ verdict: 'Unavailable', causes: [modelAccessDenied] }));

    expect(
      await screen.findByRole('heading', {
        name: /The model may not be downloaded/,
      }),
    ).toBeVisible();
    expect(screen.getByText(modelAccessDenied.explanation)).toBeVisible();
    const evidence = screen.getByRole('list', { name: 'Evidence' });
    expect(evidence).toHaveTextContent('Log · Pod/qwen-kserve-0');
    expect(
      within(evidence).getByText(modelAccessDenied.evidence[0].quote),
    ).toBeVisible();
  });

  it('says so where nothing is wrong', async () => {
    renderTab(service());

    expect(await screen.findByText('Nothing is wrong')).toBeVisible();
  });

  it('arranges the conditions as KServe sums them up, and marks stale ones', async () => {
    renderTab(
      service({
        conditions: [
          { type: 'PrefillWorkloadReady', status: 'True', stale: true },
          { type: 'Ready', status: 'False', reason: 'MinimumReplicas' },
          { type: 'WorkloadsReady', status: 'False' },
        ],
      }),
    );

    const workloads = (await screen.findByText('WorkloadsReady')).closest('li');
    expect(workloads).toHaveTextContent(
      'WorkloadsReadyFalsePrefillWorkloadReadyTruestale, not to be believed',
    );
    expect(workloads?.parentElement?.closest('li')).toHaveTextContent(
      /^ReadyFalse/,
    );
  });

  it('tells of each pod where and how it runs, and what it asks for', async () => {
    const user = userEvent.setup();
    renderTab(
      service({
        pools: {
          prefill: pool(pods('fill', 1)),
          decode: pool(
            pods('dec', 1, {
              ready: false,
              phase: 'Pending',
              reason: undefined,
              node: 'gpu-node-7',
              restarts: 5,
              createdAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
              gpu: 8,
              rdma: 2,
            }),
          ),
        },
      }),
    );
    await user.click(await screen.findByRole('tab', { name: 'Pods' }));

    expect(
      screen.getAllByRole('columnheader').map(header => header.textContent),
    ).toEqual([
      'Pod',
      'State',
      'Pool',
      'Node',
      'Restarts',
      'Age',
      'GPU',
      'RDMA',
      'Image',
    ]);
    const row = screen.getByRole('row', { name: /dec-0/ });
    expect(
      within(row)
        .getAllByRole('gridcell')
        .map(cell => cell.textContent),
    ).toEqual([
      'Pending',
      'Decode',
      'gpu-node-7',
      '5',
      '3h',
      '8',
      '2',
      'vllm-openai:v0.11.0',
    ]);
  });

  it('finds, narrows down and sorts pods', async () => {
    const user = userEvent.setup();
    renderTab(
      service({
        pools: {
          prefill: pool(pods('fill', 2)),
          decode: pool([
            ...pods('dec', 2),
            ...pods('dec-bad', 1, {
              ready: false,
              phase: 'Pending',
              reason: 'Unschedulable',
              imageDigest: 'sha256:other',
            }),
          ]),
        },
      }),
    );
    await user.click(await screen.findByRole('tab', { name: 'Pods' }));
    const names = () =>
      screen.getAllByRole('rowheader').map(cell => cell.textContent);

    expect(names()).toEqual([
      'dec-bad-0',
      'dec-0',
      'dec-1',
      'fill-0',
      'fill-1',
    ]);
    expect(
      screen.getByLabelText('Another image than most pods of this pool'),
    ).toBeVisible();

    await user.click(screen.getByRole('columnheader', { name: /Pod/ }));
    expect(names()[0]).toBe('dec-0');

    await user.click(screen.getByRole('radio', { name: 'Prefill' }));
    expect(names()).toEqual(['fill-0', 'fill-1']);

    await user.click(screen.getByRole('radio', { name: 'All' }));
    await user.click(screen.getByRole('switch', { name: 'Only not ready' }));
    expect(names()).toEqual(['dec-bad-0']);

    await user.click(screen.getByRole('switch', { name: 'Only not ready' }));
    await user.type(screen.getByRole('searchbox'), 'nothing like it');
    expect(screen.getByText('No pod matches.')).toBeVisible();
    expect(screen.getByText('0 of 5 pods')).toBeVisible();
  });

  it('opens the form that changes the service, filled with what is so now', async () => {
    renderTab(service());

    const change = await screen.findByRole('link', { name: 'Change' });
    const url = new URL(change.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/change-pd-service');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      entityRef: 'component:default/qwen',
      prefillReplicas: 2,
      decodeReplicas: 4,
    });
  });

  it('links to the Kubernetes objects and to where the platform team points', async () => {
    renderTab(service(), {
      links: [
        {
          title: 'Grafana',
          url: 'https://grafana.example.com/d/llm?var-service={name}&var-ns={namespace}',
        },
        { title: 'Trap', url: 'data:text/html,surprise' },
      ],
    });

    expect(
      await screen.findByRole('link', { name: /Kubernetes objects/ }),
    ).toHaveAttribute('href', '/catalog/default/component/qwen/kubernetes');
    expect(screen.getByRole('link', { name: /Grafana/ })).toHaveAttribute(
      'href',
      'https://grafana.example.com/d/llm?var-service=qwen&var-ns=llm-demo',
    );
    expect(screen.queryByText('Trap')).not.toBeInTheDocument();
  });
});
