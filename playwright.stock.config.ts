import { defineConfig } from '@playwright/test';
import { writeStockConfig } from './packages/app/e2e-tests/stock/stockConfig';
import portal from './playwright.config';

/** Records what the stock app says by itself: `yarn e2e:baseline`. */
const server = [portal.webServer ?? []].flat()[0];

export default defineConfig({
  ...portal,
  testDir: 'packages/app/e2e-tests/stock',
  testMatch: 'record.ts',
  timeout: 600_000,
  reporter: 'list',
  use: { ...portal.use, screenshot: 'off', trace: 'off' },
  webServer: server && {
    ...server,
    command: `${server.command} --config=${writeStockConfig()}`,
  },
});
