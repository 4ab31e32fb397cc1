import { test } from '@playwright/test';

test('placeholder until the parts are wired', async ({ page }) => {
  await page.goto('/');
});
