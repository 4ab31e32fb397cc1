import path from 'node:path';
import type { Locator, Page, TestInfo } from '@playwright/test';

/** Keeps a numbered screenshot of a step as an artifact of the test. */
export function screenshots(page: Page, testInfo: TestInfo) {
  let count = 0;
  return async (step: string) => {
    count += 1;
    await testInfo.attach(`${String(count).padStart(2, '0')} ${step}`, {
      body: await page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
  };
}

/**
 * Keeps what a page, or a part of it, looks like in a state: as `screenshots/<name>-<theme>.png` in the folder of
 * the results.
 */
export function namedScreenshots(
  page: Page,
  testInfo: TestInfo,
  theme: string,
) {
  return async (name: string, part: Page | Locator = page) => {
    await part.screenshot({
      path: path.join(
        testInfo.project.outputDir,
        'screenshots',
        `${name}-${theme}.png`,
      ),
      animations: 'disabled',
    });
  };
}
