import type { Locator, Page } from '@playwright/test';
import { largeFleet } from './support/largeFleet';
import { test } from './support/scripted';
import { expect } from './support/test';

/** Which rows stand there; the kit says the same to screen readers. */
const range = (page: Page, text: string | RegExp) =>
  page.getByText(text, { exact: true });

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, role: string, name: RegExp) {
  const wanted = () =>
    page.evaluate(
      () =>
        `${
          document.activeElement?.getAttribute('role') ??
          document.activeElement?.tagName.toLowerCase()
        } ${
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent
        }`,
    );
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press('Tab');
    const [, is, called] = (await wanted()).match(/^(\S+) (.*)$/s)!;
    if (is === role && name.test(called)) return;
  }
  throw new Error(`Tab does not come to ${role} ${name}`);
}

/**
 * Brings the focus of an open list to an option, from wherever it stands. The list may show the focus later than the
 * key was pressed, so each press is waited for, and one too many is taken back.
 */
async function arrowTo(listbox: Locator, option: RegExp) {
  const page = listbox.page();
  const options = listbox.getByRole('option');
  const stand = () =>
    options.evaluateAll(
      (all, wanted) => ({
        at: all.findIndex(item => item.matches('[data-focused]')),
        to: all.findIndex(item =>
          new RegExp(wanted).test(item.textContent ?? ''),
        ),
      }),
      option.source,
    );
  await expect(async () => {
    const { at, to } = await stand();
    if (at === to) return;
    await page.keyboard.press(at < to ? 'ArrowDown' : 'ArrowUp');
    await expect
      .poll(async () => (await stand()).at, { timeout: 2_000 })
      .not.toBe(at);
    expect((await stand()).at).toBe(to);
  }).toPass({ intervals: [0], timeout: 60_000 });
}

test('two thousand services are searched, filtered, sorted and paged by keyboard, and the address says so', async ({
  page,
  backend,
  pattern,
  keep,
}) => {
  backend.play({
    fleet: largeFleet(pattern.fleet, 2_000),
    clusters: pattern.fleet.clusters,
  });
  await page.goto('/llm-inference');
  await expect(range(page, '1–50 of 2000')).toBeVisible();
  await keep('fleet-2000');

  await test.step('verdict', async () => {
    await page.getByRole('button', { name: /Degraded/ }).focus();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/verdict=Degraded/);
    await expect(page.getByRole('row', { name: /Healthy/ })).toHaveCount(0);
    await page.keyboard.press('Space');
    await expect(page).not.toHaveURL(/verdict/);
  });

  await test.step('search', async () => {
    await tabTo(page, 'input', /Search services/);
    await page.keyboard.type('qwen2');
    await expect(page).toHaveURL(/text=qwen2/);
    await expect(range(page, /^1–50 of 28\d$/)).toBeVisible();
    await expect(page.getByRole('row', { name: /granite/ })).toHaveCount(0);
  });

  for (const [filter, option] of [
    ['cluster', /GPU East/],
    ['owner', /ml-platform/],
    ['model', /Qwen2\.5-7B/],
  ] as const) {
    await test.step(filter, async () => {
      await tabTo(page, 'button', new RegExp(filter, 'i'));
      await page.keyboard.press('Enter');
      const options = page.getByRole('listbox');
      await expect(options.getByRole('option', { name: option })).toBeVisible();
      await arrowTo(options, option);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await expect(options).toHaveCount(0);
      await expect(page).toHaveURL(new RegExp(`${filter}=`));
    });
  }

  await test.step('sort', async () => {
    const header = page.getByRole('columnheader', { name: /^Service/ });
    await header.focus();
    await page.keyboard.press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await expect(page).toHaveURL(/sort=name/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/order=desc/);
  });

  await test.step('page', async () => {
    await tabTo(page, 'button', /Next table page/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/offset=50/);
    await expect(range(page, /^51–100 of 28\d$/)).toBeVisible();
  });

  await test.step('the address alone brings the view back', async () => {
    await page.reload();
    await expect(range(page, /^51–100 of 28\d$/)).toBeVisible();
    await expect(
      page.getByRole('columnheader', { name: /^Service/ }),
    ).toHaveAttribute('aria-sort', 'descending');
    await keep('fleet-2000-narrowed');
  });
});

test('all of it fits into 320 px', async ({ page, backend, pattern, keep }) => {
  await page.setViewportSize({ width: 320, height: 900 });
  backend.play({
    fleet: largeFleet(pattern.fleet, 2_000),
    clusters: pattern.fleet.clusters,
  });
  await page.goto('/llm-inference?limit=25');
  const row = page.getByRole('row', { name: /llama-8b-agents-0000/ });
  await expect(row).toBeVisible();
  await keep('fleet-2000-narrow');
  const { x, width, height } = (await row.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(320);
  expect(width).toBeGreaterThan(240);
  // Stacked cells, not a column of single letters.
  expect(height).toBeLessThan(300);
});
