import { defineConfig } from '@playwright/test';
import { writeStockConfig } from './stockConfig';
import portal from '../../../../playwright.config';

/** Records what the stock app says by itself: `yarn e2e:baseline`. */
const server = [portal.webServer ?? []].flat()[0];

export default defineConfig({
  ...portal,
  testDir: __dirname,
  testMatch: 'record.ts',
  timeout: 600_000,
  reporter: 'list',
  outputDir: '../../../../test-results',
  use: { ...portal.use, screenshot: 'off', trace: 'off' },
  webServer: server && {
    ...server,
    cwd: '../../../..',
    command: `${server.command} --config=${writeStockConfig()}`,
  },
});
