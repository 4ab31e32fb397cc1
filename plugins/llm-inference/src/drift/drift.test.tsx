import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServiceDrift } from 'backstage-plugin-llm-inference-common';
import { changeTemplate, serviceInGit } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, service } from '../__testUtils__/services';
import { EntityServingCard } from '../card/EntityServingCard';
import { EntityServingContent } from '../tab/EntityServingContent';

const inSync: ServiceDrift = {
  state: 'InSync',
  source: {
    url: 'https://github.com/platform/llm-gitops/blob/main/qwen.yaml',
    revision: '4f2c0123456789',
  },
  differences: [],
  total: 0,
};

const differs: ServiceDrift = {
  ...inSync,
  state: 'Differs',
  differences: [
    {
      path: 'spec.prefill.replicas',
      change: 'Changed',
      desired: '2',
      live: '3',
    },
    {
      path: 'metadata.annotations[serving.kserve.io/stop]',
      change: 'OnlyInCluster',
      live: 'true',
    },
  ],
  total: 7,
  gitOps: {
    tool: 'ArgoCd',
    kind: 'Application',
    namespace: 'argocd',
    name: 'qwen-gpu-east',
    cluster: 'gpu-east',
    sync: 'OutOfSync',
    health: 'Healthy',
  },
};

const notDeployed: ServiceDrift = {
  state: 'NotDeployed',
  reason: 'It is in Git and not in cluster gpu-east.',
  source: inSync.source,
  differences: [],
  total: 0,
  gitOps: {
    ...differs.gitOps!,
    sync: 'Failed',
    message: 'admission webhook "llmisvc" denied the request: no model',
  },
};

function renderWith(
  drift: ServiceDrift | undefined,
  Part: typeof EntityServingCard | typeof EntityServingContent,
  health: Parameters<typeof service>[0] = {},
) {
  const client = new ScriptedApi();
  client.entities.set(
    'component:default/qwen',
    entityStatus([service(health, { drift })]),
  );
  renderPlugin(
    <EntityProvider entity={serviceInGit('qwen')}>
      <Part />
    </EntityProvider>,
    client,
    { entities: [changeTemplate] },
  );
}

describe('drift', () => {
  it.each<[Partial<ServiceDrift>, string]>([
    [{}, 'In sync with Git'],
    [
      { ...differs, gitOps: differs.gitOps },
      'Differs from Git · 7 differences · Argo CD: out of sync',
    ],
    [{ state: 'NotInGit', reason: 'No folder has it.' }, 'Not in Git'],
    [{ state: 'Unknown', reason: 'Git is down.' }, 'Not compared with Git'],
  ])('is one line of the card: %j', async (change, line) => {
    renderWith({ ...inSync, ...change }, EntityServingCard);

    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'SPAN' && element.textContent === line,
        { selector: '[data-tone] > span' },
      ),
    ).toBeVisible();
  });

  it('is not drawn where nothing is known yet', async () => {
    renderWith(undefined, EntityServingCard);

    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.queryByText(/Git/)).not.toBeInTheDocument();
  });

  it('is a table of the tab, by path, with what each side says', async () => {
    renderWith(differs, EntityServingContent);
    await userEvent.click(await screen.findByRole('tab', { name: 'Git' }));

    const table = screen.getByRole('table', {
      name: 'Differences between Git and cluster',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      'spec.prefill.replicasChanged23',
      'metadata.annotations[serving.kserve.io/stop]Only in the clusternothingtrue',
    ]);
    expect(screen.getByText('and 5 more differences')).toBeVisible();
    expect(screen.getByText(/Application argocd\/qwen-gpu-east/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Open the manifest in Git' }),
    ).toHaveAttribute('href', inSync.source?.url);
    expect(screen.getByText(/at commit 4f2c0123$/)).toBeVisible();
  });

  it.each([
    ['card', EntityServingCard],
    ['tab', EntityServingContent],
  ] as const)(
    'quotes on the %s what kept a merged service out of its cluster',
    async (_, Part) => {
      renderWith(notDeployed, Part, {
        verdict: 'Missing',
        summary: 'Merged, and not in cluster gpu-east.',
        pools: {},
        causes: [],
        endpoints: [],
      });

      expect(await screen.findByText('Missing')).toBeVisible();
      expect(
        screen.getByText(
          'admission webhook "llmisvc" denied the request: no model',
        ),
      ).toBeVisible();
      expect(screen.getByText('Argo CD says')).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'Open the manifest in Git' }),
      ).toBeVisible();
      expect(
        screen.queryByRole('group', { name: 'Prefill' }),
      ).not.toBeInTheDocument();
    },
  );

  it('opens no address that is no web page', async () => {
    renderWith(
      { ...inSync, source: { url: 'data:text/html,surprise' } },
      EntityServingContent,
    );
    await userEvent.click(await screen.findByRole('tab', { name: 'Git' }));

    expect(
      screen.queryByRole('link', { name: 'Open the manifest in Git' }),
    ).not.toBeInTheDocument();
  });
});
