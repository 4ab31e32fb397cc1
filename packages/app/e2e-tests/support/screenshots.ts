import type { Page, TestInfo } from '@playwright/test';

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
