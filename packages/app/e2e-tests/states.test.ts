import type { Locator, Page } from '@playwright/test';
import type {
  ClusterStatus,
  DriftState,
  EntityStatus,
  Freshness,
  PoolHealth,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';
import { extensions } from './support/extensions';
import { PATTERN, test } from './support/scripted';
import type { Answer } from './support/scriptedBackend';
import { expect } from './support/test';

const ENTITY_PAGE = `/catalog/default/component/${PATTERN}`;
const AS_OF = '2026-11-22T14:02:00Z';

const east: ClusterStatus = {
  name: 'gpu-east',
  title: 'GPU East',
  state: 'Live',
  since: AS_OF,
  resources: {},
};
const eastAway: ClusterStatus = {
  ...east,
  state: 'Unreachable',
  message: 'connect ECONNREFUSED 10.0.0.1:6443',
};
const west: ClusterStatus = { ...east, name: 'gpu-west', title: 'GPU West' };
const stale: Freshness = {
  state: 'Stale',
  asOf: AS_OF,
  message: 'connect ECONNREFUSED 10.0.0.1:6443',
};

test.use({
  viewport: { width: 1440, height: 900 },
  // Refusals and a backend that is away are what these states are made of.
  provoked: /Failed to load resource: .*\/api\/llm-inference\//,
});

const emptyPool = (desired: number): PoolHealth => ({
  topology: 'SingleNode',
  desired,
  updated: 0,
  ready: 0,
  available: 0,
  restarts: 0,
  pods: [],
});

/** The pages of an entity whose service is not shown for a reason that the backend gives, or not as usual. */
const ENTITY_STATES: Record<
  string,
  { status(real: EntityStatus): EntityStatus; says: string | RegExp }
> = {
  stale: {
    status: real => changed(real, { freshness: stale }),
    says: /^As of .*, cluster gpu-east unreachable$/,
  },
  'no-pods-yet': {
    status: real =>
      changed(real, {
        health: {
          ...real.services[0].health,
          verdict: 'Progressing',
          summary: 'No pod has been created yet',
          pools: { prefill: emptyPool(2), decode: emptyPool(1) },
          kvTransfer: {
            configuration: 'Paired',
            fabric: 'Unverified',
            effectiveness: 'Unmeasurable',
            evidence: [],
          },
          conditions: [],
          endpoints: [],
        },
      }),
    says: 'No pod has been created yet',
  },
  'not-found': {
    status: real => without(real, 'NotFound'),
    says: 'Not found in any cluster',
  },
  'cluster-down': {
    status: real => without(real, 'Unreachable', [eastAway]),
    says: 'connect ECONNREFUSED 10.0.0.1:6443',
  },
  'several-clusters': {
    status: real =>
      inTwoClusters(real, {
        health: {
          ...real.services[0].health,
          verdict: 'Unavailable',
          summary: 'No pod of Decode is ready',
          pools: {
            prefill: real.services[0].health.pools.prefill,
            decode: emptyPool(1),
          },
          kvTransfer: {
            configuration: 'Paired',
            fabric: 'Unverified',
            effectiveness: 'Unmeasurable',
            evidence: [],
          },
        },
      }),
    says: 'No pod of Decode is ready',
  },
  'one-cluster-down': {
    status: real => inTwoClusters(real, { freshness: stale }, [eastAway, west]),
    says: /^As of .*, cluster gpu-east unreachable$/,
  },
  'binding-not-verified': {
    status: real => without(real, 'BindingNotVerified'),
    says: `backstage.io/entity-ref: component:default/${PATTERN}`,
  },
  syncing: {
    status: real => without(real, 'Syncing'),
    says: 'Reading the clusters',
  },
};

function without(
  real: EntityStatus,
  reason: EntityStatus['reason'],
  clusters: ClusterStatus[] = [],
): EntityStatus {
  return { ...real, services: [], clusters, reason };
}

function changed(
  real: EntityStatus,
  change: Partial<ServiceStatus>,
): EntityStatus {
  const [service] = real.services;
  return { ...real, services: [{ ...service, ...change }] };
}

/** The service in both clusters: as it is in the one, and changed in the other, which is told of first. */
function inTwoClusters(
  real: EntityStatus,
  change: Partial<ServiceStatus>,
  clusters: ClusterStatus[] = [east, west],
): EntityStatus {
  const [service] = real.services;
  const on = (cluster: string): ServiceStatus => ({
    ...service,
    service: { ...service.service, cluster },
  });
  return {
    ...real,
    clusters,
    services: [{ ...on(east.name), ...change }, on(west.name)],
  };
}

const SURFACES = {
  card: { path: ENTITY_PAGE, part: (page: Page) => extensions.card(page) },
  tab: {
    path: `${ENTITY_PAGE}/serving`,
    part: (page: Page) => page.locator('.bui-Container').last(),
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [surface, { path, part }] of Object.entries(SURFACES)) {
      test(`every state of the ${surface}`, async ({
        page,
        backend,
        pattern,
        keep,
      }) => {
        const shown = part(page);
        const shoot = (state: string) => keep(`states/${surface}-${state}`);
        // Within the part: what stands above it loads by itself.
        const bottom = async (of: Locator) => {
          const [outer, inner] = [
            await shown.boundingBox(),
            await of.boundingBox(),
          ];
          return inner!.y + inner!.height - outer!.y;
        };

        await test.step('while it loads, and then', async () => {
          backend.play({ clusters: [east] });
          await page.goto(path);
          const outline = page.getByTestId('serving-skeleton');
          await expect(outline).toBeVisible();
          await shoot('loading');
          const before = await bottom(outline);

          backend.push(pattern.status);
          await expect(shown.getByText('Healthy').first()).toBeVisible();
          await expect(outline).toHaveCount(0);
          await shoot('healthy');
          const after = await bottom(
            shown.getByRole('group', { name: 'Endpoint' }),
          );
          // What follows stays where it was, but for less than a line.
          expect(Math.abs(after - before)).toBeLessThan(16);
        });

        for (const [state, { status, says }] of Object.entries(ENTITY_STATES)) {
          await test.step(state, async () => {
            backend.push(status(pattern.status));
            await expect(shown.getByText(says).first()).toBeVisible();
            await shoot(state);
          });
        }

        await test.step('the backend goes away', async () => {
          backend.push(pattern.status);
          await expect(shown.getByText('Healthy').first()).toBeVisible();
          backend.goAway();
          await expect(
            shown.getByText(/^As of .*, the portal backend does not answer$/),
          ).toBeVisible();
          await expect(shown.getByText('Healthy').first()).toBeVisible();
          await shoot('backend-away');
        });

        for (const [state, status, message] of [
          ['no-permission', 403, 'No permission'],
          ['never-answered', 503, 'The database is away'],
        ] as const) {
          await test.step(state, async () => {
            backend.play({ status: { status, message } });
            await page.goto(path);
            await expect(shown.getByText(message)).toBeVisible();
            await shoot(state);
          });
        }

        await test.step('missing annotation', async () => {
          await page.route(
            `**/api/catalog/entities/by-name/component/default/${PATTERN}`,
            async route => {
              const response = await route.fetch();
              const entity = await response.json();
              entity.metadata.annotations = {};
              await route.fulfill({ response, json: entity });
            },
          );
          await page.goto(path);
          await expect(shown.getByText('No service named')).toBeVisible();
          await shoot('missing-annotation');
          await page.unrouteAll({ behavior: 'wait' });
        });
      });
    }

    test('every state of the fleet', async ({
      page,
      backend,
      pattern,
      keep,
    }) => {
      const shoot = (state: string) => keep(`states/fleet-${state}`);
      const open = async (answer: Answer) => {
        backend.play({ fleet: () => answer, clusters: [eastAway] });
        await page.goto('/llm-inference');
      };

      await test.step('while it loads', async () => {
        await open('never');
        await expect(page.getByText(/GPU East unreachable/)).toBeVisible();
        await shoot('loading');
      });

      await test.step('empty, and narrowed down to nothing', async () => {
        await open({
          body: { ...pattern.fleet, items: [], total: 0, counts: {} },
        });
        await expect(
          page.getByText('There is no LLM service that you may see.'),
        ).toBeVisible();
        await shoot('empty');
        await page.getByRole('searchbox').fill('there-is-none');
        await expect(page.getByText('No service matches.')).toBeVisible();
        await shoot('none-matches');
      });

      await test.step('no permission', async () => {
        await open({ status: 403, message: 'Not allowed' });
        await expect(page.getByText('No permission')).toBeVisible();
        await shoot('no-permission');
      });

      await test.step('the backend answers late', async () => {
        await open({ status: 503, message: 'The database is away' });
        await expect(page.getByText('The database is away')).toBeVisible();
        await shoot('never-answered');
      });

      const row = page.getByRole('row', { name: new RegExp(PATTERN) });
      await test.step('a cluster is down, and Git says something else', async () => {
        const drifts: DriftState[] = [
          'InSync',
          'Differs',
          'NotDeployed',
          'NotInGit',
          'Unknown',
        ];
        backend.script.fleet = () => ({
          body: {
            ...pattern.fleet,
            clusters: [eastAway],
            items: pattern.fleet.items.map((item, index) => ({
              ...item,
              drift: drifts[index % drifts.length],
              ...(item.service.cluster === east.name
                ? { freshness: stale }
                : {}),
            })),
          },
        });
        backend.fleetChanged();
        await expect(row.getByLabel('not up to date')).toBeVisible();
        for (const drift of ['In sync with', 'Differs from', 'Not in']) {
          await expect(page.getByText(`${drift} Git`).first()).toBeVisible();
        }
        await shoot('cluster-down');
      });

      await test.step('the backend goes away', async () => {
        backend.goAway();
        await expect(
          page.getByText(/^As of .*, the portal backend does not answer$/),
        ).toBeVisible();
        await expect(row).toBeVisible();
        await shoot('backend-away');
      });
    });

    test('every state of the KV path', async ({
      page,
      backend,
      pattern,
      keep,
    }) => {
      const { health } = pattern.status.services[0];
      const RDMA = { fabric: 'Rdma', says: 'RDMA' } as const;
      const TCP = { fabric: 'Tcp', says: 'TCP' } as const;
      const UNVERIFIED = {
        fabric: 'Unverified',
        says: 'fabric unverified',
      } as const;
      const states = [
        { effectiveness: 'Effective', ...RDMA, bytesPerSecond: 11e9 },
        { effectiveness: 'Effective', ...TCP, bytesPerSecond: 276e6 },
        { effectiveness: 'Effective', ...UNVERIFIED, bytesPerSecond: 11e9 },
        { effectiveness: 'Suspect', ...RDMA },
        { effectiveness: 'Bypassed', ...RDMA },
        { effectiveness: 'Idle', ...RDMA },
        { effectiveness: 'Idle', ...UNVERIFIED },
        { effectiveness: 'Unmeasurable', ...UNVERIFIED },
      ] as const;

      backend.play({ status: { body: pattern.status }, clusters: [east] });
      await page.goto(ENTITY_PAGE);
      const card = extensions.card(page);
      await expect(card.getByText('Live', { exact: true })).toBeVisible();
      for (const { says, ...kvTransfer } of states) {
        const { effectiveness, fabric } = kvTransfer;
        // As the judge has it: who asked for RDMA and gets TCP, or moves nothing, is not healthy.
        const suffers =
          fabric === 'Tcp' ||
          effectiveness === 'Suspect' ||
          effectiveness === 'Bypassed';
        backend.push(
          changed(pattern.status, {
            health: {
              ...health,
              ...(suffers && {
                verdict: 'Degraded',
                summary: `KV transfer: ${effectiveness} over ${says}`,
              }),
              kvTransfer: {
                configuration: 'Paired',
                evidence: [],
                ...kvTransfer,
              },
            },
          }),
        );
        const path = card.getByRole('group', { name: 'KV cache path' });
        await expect(path).toContainText(says);
        await expect(path).toContainText(
          effectiveness === 'Unmeasurable' ? 'Not measurable' : effectiveness,
        );
        await keep(`kv-path/${effectiveness}-${fabric}`, card);
      }
    });
  });
}
