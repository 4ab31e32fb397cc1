import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib/chromium.mjs';

// Ports of its own, so that the tests run beside a portal that somebody is looking at.
// PLAYWRIGHT_URL points them at a portal that runs already.
const running = process.env.PLAYWRIGHT_URL;
const ports = {
  PORTAL_PORT: '3500',
  BACKEND_PORT: '7507',
  SANDBOX_CONTROL_PORT: '7600',
  SANDBOX_GITHUB_PORT: '7601',
  SANDBOX_GPU_EAST_PORT: '7602',
  SANDBOX_GPU_WEST_PORT: '7603',
};
// The tests read them too (sandbox control endpoint).
if (!running) Object.assign(process.env, ports);

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  // A busy machine is slow, not wrong.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // One sandbox, one state: the journeys run one after the other.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // What passes only then is named as unsteady in the summary (scripts/test.mjs).
  retries: process.env.CI ? 1 : 0,
  reporter: [
    ['list'],
    ['json', { outputFile: '.cache/test/playwright.json' }],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
  ],
  outputDir: 'test-results',
  webServer: running
    ? undefined
    : {
        command: 'node scripts/start.mjs',
        // Not the address of a part: the frontend may answer before the backend does.
        wait: { stdout: /Ready after/ },
        env: ports,
        reuseExistingServer: false,
        // Longer than the script's own patience, so that it can say by name which part did not answer.
        timeout: 400_000,
        stdout: 'pipe',
        gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
      },
  use: {
    baseURL: running ?? `http://localhost:${ports.PORTAL_PORT}`,
    viewport: { width: 1440, height: 1000 },
    // What a page does not offer by then, it will not.
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
