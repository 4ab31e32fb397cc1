import { expect, type Locator, test as base } from '@playwright/test';
import { readBaseline } from '../stock/baseline';
import { collectMessages } from './consoleMessages';
import { createOwnService, type OwnService } from './ownService';
import { namedScreenshots, screenshots } from './screenshots';

export interface PortalFixtures {
  /** What a test provokes in the console on purpose. */
  provoked: RegExp | undefined;
  /** Fails a test on a page of which the console says what the stock app's does not. */
  quietConsole: void;
  /** Keeps a numbered screenshot of a step. */
  shoot(step: string): Promise<void>;
  /** Keeps a screenshot of the page, or a part of it, under a name of its own and that of the theme. */
  keep(name: string, part?: Locator): Promise<void>;
  /** A healthy prefill/decode service of the test's own, gone after it. */
  ownService: OwnService;
}

/** Playwright's test for the portal: with a quiet console, screenshots and services of the test's own. */
export const test = base.extend<PortalFixtures>({
  provoked: [undefined, { option: true }],
  quietConsole: [
    async ({ baseURL, context, provoked }, provide) => {
      const messages = collectMessages(context, baseURL ?? '');
      await provide();
      const known = new Set(readBaseline().console);
      const unknown = messages.filter(
        ({ signature }) => !known.has(signature) && !provoked?.test(signature),
      );
      expect(
        unknown,
        'console messages that the stock app does not have (yarn e2e:baseline records those)',
      ).toEqual([]);
    },
    { auto: true },
  ],
  shoot: async ({ page }, provide, testInfo) => {
    await provide(screenshots(page, testInfo));
  },
  keep: async ({ page, colorScheme }, provide, testInfo) => {
    await provide(namedScreenshots(page, testInfo, colorScheme ?? 'light'));
  },
  ownService: async ({ request }, provide) => {
    const service = await createOwnService(request);
    try {
      await provide(service);
    } finally {
      await service.remove();
    }
  },
});

export { expect };
