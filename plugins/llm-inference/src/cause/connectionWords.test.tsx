import { screen } from '@testing-library/react';
import type { ClusterStatus } from 'backstage-plugin-llm-inference-common';
import { germanTranslation } from '../__testUtils__/german';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { ClusterConnections } from '../fleet/ClusterConnections';
import { FreshnessLine } from '../freshness/FreshnessLine';
import { UnwatchedClusters } from '../states/UnwatchedClusters';

const SINCE = '2026-11-22T14:02:00Z';

const WEST: ClusterStatus = {
  name: 'gpu-west',
  title: 'GPU West',
  state: 'Unreachable',
  since: SINCE,
  message: 'connect ECONNREFUSED',
  resources: {},
};

const SAYS = 'Der Cluster antwortet nicht: „connect ECONNREFUSED“';

const inGerman = { translation: germanTranslation() };

describe('what a cluster answers, to a reader of German', () => {
  it('is quoted in a German sentence where a service may be in it', async () => {
    renderPlugin(
      <UnwatchedClusters clusters={[WEST]} />,
      new ScriptedApi(),
      inGerman,
    );
    expect(await screen.findByText(SAYS)).toBeVisible();
  });

  it('is quoted in a German sentence beside its connection in the fleet', async () => {
    renderPlugin(
      <ClusterConnections clusters={[WEST]} />,
      new ScriptedApi(),
      inGerman,
    );
    expect(await screen.findByTitle(SAYS)).toHaveTextContent(
      /^nicht erreichbar seit /,
    );
  });

  it('is quoted in a German sentence where a service is shown as last seen', async () => {
    renderPlugin(
      <FreshnessLine
        freshness={{
          state: 'Stale',
          asOf: SINCE,
          message: 'connect ECONNREFUSED',
        }}
        cluster="gpu-west"
        connection="Live"
        seenAt={undefined}
      />,
      new ScriptedApi(),
      inGerman,
    );
    expect(
      await screen.findByTitle(
        /^Die Verbindung ist abgerissen; .* „connect ECONNREFUSED“$/,
      ),
    ).toBeVisible();
  });
});
