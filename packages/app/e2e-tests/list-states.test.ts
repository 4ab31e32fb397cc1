import type { Page } from '@playwright/test';
import type {
  EntityStatus,
  Freshness,
  ServiceList,
} from 'backstage-plugin-llm-inference-common';
import { extensions } from './support/extensions';
import { PATTERN, test } from './support/scripted';
import type { Answer } from './support/scriptedBackend';
import { expect } from './support/test';

const MODEL = 'qwen2.5-7b-instruct';

type Pattern = { status: EntityStatus; fleet: ServiceList };

/** Lists of services on pages of other plugins, and what a backend answers to let them show one service. */
const LISTS = {
  model: {
    path: `/catalog/default/resource/${MODEL}`,
    part: (page: Page) =>
      extensions.card(page, 'Services that serve this model'),
    script: (answer: Answer) => ({ status: answer }),
    body: ({ status }: Pattern, freshness?: Freshness) => ({
      ...status,
      services: status.services.map(service => ({
        ...service,
        ...(freshness && { freshness }),
      })),
    }),
  },
  home: {
    path: '/home',
    part: (page: Page) =>
      page
        .locator('.react-grid-item')
        .filter({ hasText: 'LLM services that need attention' }),
    script: (answer: Answer) => ({ fleet: () => answer }),
    body: ({ fleet }: Pattern, freshness?: Freshness) => ({
      ...fleet,
      items: fleet.items
        .filter(({ service }) => service.name === PATTERN)
        .map(item => ({ ...item, ...(freshness && { freshness }) })),
      total: 1,
    }),
  },
};

test.use({
  viewport: { width: 1440, height: 900 },
  // Refusals and a backend that is away are what these states are made of.
  provoked: /Failed to load resource: .*\/api\/llm-inference\//,
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [list, { path, part, script, body }] of Object.entries(LISTS)) {
      test(`every state of the list on the page of a ${list}`, async ({
        page,
        backend,
        pattern,
        keep,
      }) => {
        const shown = part(page);
        const row = shown.getByRole('link', { name: PATTERN });
        const shoot = (state: string) => keep(`states/${list}-${state}`);
        const open = async (answer: Answer) => {
          backend.play(script(answer));
          await page.goto(path);
        };

        await test.step('while it loads', async () => {
          await open('never');
          await expect(shown.locator('.bui-Skeleton')).toBeVisible();
          await shoot('loading');
        });

        for (const [state, status, message, says] of [
          ['no-permission', 403, 'Not allowed', 'No permission'],
          ['never-answered', 503, 'The database is away', /database is away/],
        ] as const) {
          await test.step(state, async () => {
            await open({ status, message });
            await expect(shown.getByText(says)).toBeVisible();
            await shoot(state);
          });
        }

        await test.step('a cluster is down', async () => {
          await open({
            body: body(pattern, {
              state: 'Stale',
              asOf: '2026-11-22T14:02:00Z',
            }),
          });
          await expect(row).toBeVisible();
          await expect(
            shown.getByRole('img', { name: 'not up to date' }),
          ).toBeVisible();
          await shoot('cluster-down');
        });

        await test.step('the backend goes away', async () => {
          await open({ body: body(pattern) });
          await expect(row).toBeVisible();
          await shoot('healthy');
          backend.goAway();
          await expect(
            shown.getByText(/^As of .*, the portal backend does not answer$/),
          ).toBeVisible();
          await expect(row).toBeVisible();
          await shoot('backend-away');
        });
      });
    }

    test('a model that nothing serves, and teams that need not look', async ({
      page,
      backend,
      pattern,
      keep,
    }) => {
      backend.play({
        fleet: () => ({
          body: { ...pattern.fleet, items: [], total: 0, counts: {} },
        }),
      });
      await page.goto(LISTS.home.path);
      await expect(
        LISTS.home.part(page).getByText('Nothing needs attention'),
      ).toBeVisible();
      await keep('states/home-empty');

      await page.route(
        `**/api/catalog/entities/by-name/resource/default/${MODEL}`,
        async route => {
          const response = await route.fetch();
          const entity = await response.json();
          await route.fulfill({ response, json: { ...entity, relations: [] } });
        },
      );
      await page.goto(LISTS.model.path);
      await expect(
        LISTS.model
          .part(page)
          .getByText('No LLM service depends on this model.'),
      ).toBeVisible();
      await keep('states/model-empty');
      await page.unrouteAll({ behavior: 'wait' });
    });
  });
}
