import { expect, type Locator, type Page } from '@playwright/test';

/** Where our extensions stand on a page; names are those of the reader's language. */
export const extensions = {
  /** A card of an entity page. */
  card: (page: Page, title: string | RegExp = 'Serving'): Locator =>
    page.locator('.bui-Card').filter({
      has: page.getByRole('heading', { name: title, exact: true }),
    }),

  /** What stands below the tabs of an entity page. */
  tab: (page: Page): Locator =>
    page
      .getByRole('tab', { name: /^Diagnos[ei]s?$/ })
      .locator('xpath=ancestor::*[contains(@class, "bui-Card")][1]/..'),

  /** What stands below the header of the fleet page. */
  fleet: (page: Page): Locator =>
    page
      .locator('.bui-Container')
      .filter({ has: page.getByRole('search') })
      .last(),

  /** One step of a template's form. */
  form: (page: Page): Locator => page.locator('form'),
};

/** Opens each section of the tab, one after the other. */
export async function eachSection(
  page: Page,
  work: (section: string, panel: Locator) => Promise<void>,
) {
  const tab = extensions.tab(page);
  await tab.waitFor();
  for (const section of await tab.getByRole('tab').allInnerTexts()) {
    await tab.getByRole('tab', { name: section, exact: true }).click();
    const panel = tab.getByRole('tabpanel', { name: section, exact: true });
    await panel.waitFor();
    await expect(panel.locator('.bui-Skeleton')).toHaveCount(0);
    await work(section, panel);
  }
}
