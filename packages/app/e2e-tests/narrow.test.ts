import type { Locator } from '@playwright/test';
import { eachSection, extensions } from './support/extensions';
import { expect, test } from './support/test';

test.use({
  viewport: { width: 320, height: 900 },
  // The engine of a pod that still loads has no log yet.
  provoked: /Failed to load resource: .* 404 .*\/log$/,
});

const SERVICES = ['qwen2-7b-chat', 'llama-8b-agents', 'deepseek-r1-reasoning'];

/** What stands out of a part of ours to the right, or scrolls sideways within it. */
async function tooWide(part: Locator): Promise<string[]> {
  return part.evaluate(root =>
    [root, ...root.querySelectorAll('*')]
      .filter(element => {
        // What is there for screen readers only stands in a box of one pixel.
        for (let box: Element | null = element; box; box = box.parentElement) {
          const { width, height } = box.getBoundingClientRect();
          if (width < 2 || height < 2) return false;
        }
        const { right } = element.getBoundingClientRect();
        const scrolls =
          /auto|scroll/.test(getComputedStyle(element).overflowX) &&
          element.tagName !== 'TEXTAREA' &&
          element.scrollWidth > element.clientWidth + 1;
        return scrolls || right > window.innerWidth + 1;
      })
      .map(
        element =>
          `${element.tagName.toLowerCase()} ${element.getAttribute(
            'class',
          )}: ${(element.textContent ?? '').slice(0, 40)}`,
      ),
  );
}

test('the card fits into 320 px', async ({ page, shoot }) => {
  for (const service of SERVICES) {
    await page.goto(`/catalog/default/component/${service}`);
    const card = extensions.card(page);
    await expect(card.getByRole('group', { name: 'Router' })).toBeVisible();
    await shoot(service);
    expect.soft(await tooWide(card), service).toEqual([]);
  }
});

test('the tab fits into 320 px, section by section', async ({
  page,
  shoot,
}) => {
  await page.goto('/catalog/default/component/llama-8b-agents/serving');
  await eachSection(page, async section => {
    await shoot(section);
    expect.soft(await tooWide(extensions.tab(page)), section).toEqual([]);
  });
});

test('the fleet fits into 320 px', async ({ page, shoot }) => {
  await page.goto('/llm-inference');
  const fleet = extensions.fleet(page);
  await expect(fleet.getByRole('row', { name: /llama-8b/ })).toBeVisible();
  await shoot('fleet');
  expect.soft(await tooWide(fleet)).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth),
  ).toBeLessThanOrEqual(320);
});
