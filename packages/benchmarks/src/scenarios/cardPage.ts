import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { AppServer } from '../page/AppServer';
import { buildApp } from '../page/buildApp';
import {
  ENTITY_PATH,
  entityPageAnswers,
  STATUS_PATH,
} from '../page/entityPage';
import { findChromium } from '../page/findChromium';
import type { Measurement, Scenario } from '../harness/Scenario';

const LOADS = 15;
const LIMIT = 'the limit of 60 KiB';
/** The card as soon as it shows its data. */
const CARD = '[role="group"][aria-label="Router"]';
/** What the page has on it without us as well. */
const STOCK = 'text="Lifecycle"';
/** A page that has asked for nothing for so long asks for nothing more. */
const QUIET_MS = 3000;

/** The entity page of a portal that is built for production, in a browser. */
export const cardPage: Scenario = {
  name: 'card-page',
  title:
    'What the card adds to the entity page of a production build, and how soon after its data it is painted, in Chromium',
  // Two builds of the app are no quick look.
  sizes: mode => (mode === 'full' ? [{ label: 'one card', scale: 1 }] : []),
  async measure({ say }) {
    const executablePath = findChromium();
    if (!executablePath) {
      throw new Error('Chromium was not found; set CHROMIUM_PATH to one');
    }
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      say('building the app without us');
      const without = await visit(browser, { ours: false, loads: 0 });
      say('building the app with us');
      const withUs = await visit(browser, { ours: true, loads: LOADS });
      return [weight(withUs.bytes - without.bytes), paint(withUs.paints)];
    } finally {
      await browser.close();
    }
  },
};

function weight(added: number): Measurement {
  return {
    metric: 'added to the page',
    unit: 'bytes',
    note: 'scripts and styles of the whole page as sent, compressed, with our plugin and without it',
    contenders: [
      { role: 'ours', name: 'our card', samples: [added] },
      { role: 'floor', name: LIMIT, samples: [60 * 1024] },
    ],
    bars: [{ statistic: 'median', against: LIMIT, atMost: 1 }],
  };
}

function paint(samples: number[]): Measurement {
  return {
    metric: 'from data to paint',
    unit: 'ms',
    note: `from the last byte of the status to the frame that shows it, over ${samples.length} loads of the whole page`,
    contenders: [{ role: 'ours', name: 'our card', samples }],
    bars: [{ statistic: 'median', atMost: 100 }],
  };
}

/** Builds the app and loads its entity page, each time as a browser that was never there. */
async function visit(
  browser: Browser,
  { ours, loads }: { ours: boolean; loads: number },
) {
  const app = await buildApp({ ours });
  const server = await AppServer.start(app, entityPageAnswers());
  try {
    const bytes = await onEntityPage(browser, server, async page => {
      // The stock word stands in several parts of the page once all have come.
      await page
        .locator(ours ? CARD : STOCK)
        .first()
        .waitFor();
      return settledBytes(server);
    });
    const paints: number[] = [];
    for (let load = 0; load < loads; load += 1) {
      paints.push(await onEntityPage(browser, server, paintedAfterData));
    }
    return { bytes, paints };
  } finally {
    await server.close();
    app.remove();
  }
}

async function onEntityPage<T>(
  browser: Browser,
  { url }: AppServer,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(markPaint, CARD);
    await page.goto(url + ENTITY_PATH);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Bytes of all that a page has loaded once it asks for nothing more. */
async function settledBytes(server: AppServer): Promise<number> {
  for (let known = -1; known !== server.sent.size; await delay(QUIET_MS)) {
    known = server.sent.size;
  }
  return [...server.sent.values()].reduce((sum, size) => sum + size, 0);
}

/** Milliseconds from the last byte of the card's data to the frame in which it stands. */
async function paintedAfterData(page: Page): Promise<number> {
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('painted')[0]?.startTime,
  );
  const readAt = await page.evaluate(
    path =>
      performance
        .getEntriesByType('resource')
        .find(({ name }) => name.endsWith(path))
        ?.toJSON().responseEnd as number | undefined,
    STATUS_PATH,
  );
  if (readAt === undefined) {
    throw new Error(`The browser did not note when it had read ${STATUS_PATH}`);
  }
  return ((await painted.jsonValue()) as number) - readAt;
}

/** In the page: marks the first task after the frame in which a part stands; then it is painted. */
function markPaint(selector: string) {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(selector)) {
      return;
    }
    seen.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark('painted');
      port2.postMessage('');
    });
  });
  seen.observe(document, { childList: true, subtree: true });
}
