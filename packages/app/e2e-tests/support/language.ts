import type { Page } from '@playwright/test';

/** Lets the portal speak a language from the next page on, as the settings page would. */
export async function readingIn(page: Page, language: 'en' | 'de') {
  await page.addInitScript(
    chosen => window.localStorage.setItem('language', chosen),
    language,
  );
}
