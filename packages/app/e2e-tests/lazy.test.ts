import type { Page } from '@playwright/test';
import { extensions } from './support/extensions';
import { expect, test } from './support/test';

const ENTITY_PAGE = '/catalog/default/component/qwen2-7b-chat';

/** Parts that only some readers need, by a module of each. */
const CHARTS = 'llm-inference/src/charts/LinePlot.tsx';
const YAML = 'llm-inference/src/manifest/ManifestText.tsx';

/**
 * Notes the scripts that a page asks for, to say which modules are among them. They are read once more for it: what
 * the browser keeps of its answers is bounded.
 */
function collectScripts(page: Page) {
  const scripts = new Map<string, Promise<string>>();
  const read = async (url: string) => (await page.request.get(url)).text();
  page.on('request', request => {
    const url = request.url();
    if (request.resourceType() === 'script' && !scripts.has(url)) {
      scripts.set(url, read(url));
    }
  });
  return async (module: string) =>
    (await Promise.all(scripts.values())).some(text => text.includes(module));
}

test('the card loads neither charts nor the YAML viewer; what is opened loads them', async ({
  page,
}) => {
  const hasLoaded = collectScripts(page);
  await page.goto(ENTITY_PAGE);
  await expect(
    extensions.card(page).getByRole('group', { name: 'Router' }),
  ).toBeVisible();
  expect(await hasLoaded('llm-inference/src/card/EntityServingCard.tsx')).toBe(
    true,
  );
  expect(await hasLoaded(CHARTS)).toBe(false);
  expect(await hasLoaded(YAML)).toBe(false);

  await page.goto(`${ENTITY_PAGE}/serving`);
  const tab = extensions.tab(page);
  await tab.getByRole('tab', { name: 'Metrics', exact: true }).click();
  await expect.poll(() => hasLoaded(CHARTS)).toBe(true);
  expect(await hasLoaded(YAML)).toBe(false);
  await tab.getByRole('tab', { name: 'Manifest', exact: true }).click();
  await expect.poll(() => hasLoaded(YAML)).toBe(true);
});
