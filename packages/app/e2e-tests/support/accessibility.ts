import { expect, type Locator, type Page } from '@playwright/test';
import { readBaseline } from '../stock/baseline';
import { violationsAround, violationsWithin } from './axe';

/**
 * Expects that axe finds nothing serious within parts of ours, and around them nothing that it does not find on
 * the stock page of the same kind.
 */
export async function expectAccessible(
  page: Page,
  ours: Locator[],
  stockPage: string,
) {
  const known = readBaseline().axe[stockPage];
  expect(known, `the baseline has no page "${stockPage}"`).toBeDefined();
  await settled(page);
  if (ours.length > 0) {
    expect
      .soft(await violationsWithin(page, ours), `within ours on ${page.url()}`)
      .toEqual([]);
  }
  const around = await violationsAround(page, ours);
  expect
    .soft(
      around.filter(({ signature }) => !known.includes(signature)),
      `around ours on ${page.url()}, beyond the stock app (yarn e2e:baseline records that)`,
    )
    .toEqual([]);
}

/** Waits until nothing on the page still loads or moves: what is on its way is neither as it will be read nor stock. */
async function settled(page: Page) {
  await expect(page.locator('.MuiLinearProgress-root')).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) =>
          Number.isFinite(effect?.getComputedTiming().endTime),
        )
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
}
