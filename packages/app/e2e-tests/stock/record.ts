import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { violationsAround } from '../support/axe';
import { collectMessages } from '../support/consoleMessages';
import { readingIn } from '../support/language';
import { writeBaseline } from './baseline';
import { STOCK_PAGES } from './pages';

/** How the app is looked at: what one of these says by itself, it may say with our extensions too. */
const LOOKS = [
  { name: 'light', measured: true },
  { name: 'dark', measured: true, colorScheme: 'dark' },
  { name: 'German', measured: false, language: 'de' },
  {
    name: 'narrow',
    measured: false,
    viewport: { width: 320, height: 800 },
  },
] as const;

type Look = {
  colorScheme?: 'dark';
  language?: 'de';
  viewport?: { width: number; height: number };
};

test('record the stock app', async ({ browser }) => {
  const messages = new Set<string>();
  const axe: Record<string, Set<string>> = {};
  const look = async (options: Look, work: (page: Page) => Promise<void>) => {
    const { language, ...context } = options;
    const seen = await open(browser, context, async page => {
      if (language) await readingIn(page, language);
      await work(page);
    });
    seen.forEach(signature => messages.add(signature));
  };

  for (const { name, measured, ...options } of LOOKS) {
    await look(options, async page => {
      for (const [title, { path, settled }] of Object.entries(STOCK_PAGES)) {
        await test.step(`${title}, ${name}`, async () => {
          await page.goto(path);
          await settled(page);
          await page.waitForLoadState('networkidle');
          if (!measured) return;
          const found = await violationsAround(page);
          axe[title] ??= new Set();
          found.forEach(({ signature }) => axe[title].add(signature));
        });
      }
    });
  }
  await test.step('a form up to the end of its task', async () => {
    await look({}, async page => {
      const record = async (title: string) => {
        axe[title] = new Set(
          (await violationsAround(page)).map(({ signature }) => signature),
        );
      };
      await page.goto(STOCK_PAGES.template.path);
      await page.getByRole('textbox', { name: /^Name/ }).fill('something');
      await page.getByRole('button', { name: 'Next' }).click();
      const owner = page.getByRole('textbox', { name: /^Owner/ });
      await owner.click();
      await page.getByRole('option', { name: /ML platform/ }).click();
      await record('template step');
      await page.getByRole('button', { name: 'Review' }).click();
      await expect(page.getByText('something')).toBeVisible();
      await record('template review');
      await page.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByRole('link', { name: 'Portal' })).toBeVisible();
      await record('task');
    });
  });
  await test.step('on a network that lets the signals wait', async () => {
    await withStalledServer(port =>
      look({}, async page => {
        await page.addInitScript(stalledPort => {
          window.WebSocket = class extends window.WebSocket {
            constructor(url: string | URL) {
              super(Object.assign(new URL(url), { port: stalledPort }));
            }
          };
        }, String(port));
        const complaint = page.waitForEvent('console', message =>
          message.text().includes('WebSocket is closed before'),
        );
        await page.goto(STOCK_PAGES.settings.path);
        await complaint;
      }),
    );
  });

  writeBaseline({
    console: [...messages].sort(),
    axe: Object.fromEntries(
      Object.entries(axe).map(([title, found]) => [title, [...found].sort()]),
    ),
  });
});

/** Opens a fresh browser context for the work, and returns what its console said. */
async function open(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  work: (page: Page) => Promise<void>,
): Promise<string[]> {
  const context = await browser.newContext(options);
  const messages = collectMessages(context, '');
  await work(await context.newPage());
  await context.close();
  return messages.map(({ signature }) => signature);
}

/** A server that takes connections and never answers. */
async function withStalledServer(work: (port: number) => Promise<void>) {
  const sockets = new Set<Socket>();
  const server = createServer(socket => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    sockets.forEach(socket => socket.destroy());
    server.close();
  }
}
