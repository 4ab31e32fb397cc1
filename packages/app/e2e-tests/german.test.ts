import type { Locator, Page } from '@playwright/test';
import { eachSection, extensions } from './support/extensions';
import { readingIn } from './support/language';
import { expect, test } from './support/test';
import { wordsOf } from './support/words';

const SERVICE = 'llama-8b-agents';
const ENTITY_PAGE = `/catalog/default/component/${SERVICE}`;

/** Names and terms of the trade that German speakers use as they are. */
const SAME_IN_BOTH = [
  ...['Prefill', 'Decode', 'Router', 'Gateway', 'Route', 'Scheduler'],
  ...['RDMA', 'TCP', 'GPU', 'KV', 'curl', 'Python', 'YAML', 'Git'],
  ...['Pod', 'Pods', 'Pool', 'Cluster', 'Container', 'Image', 'Status', 'live'],
  // An object of Argo CD, by its kind and name.
  'Application argocd/llama-8b-agents-gpu-east',
  ...['Manifest', 'Argo CD', 'llm-d-routing-sidecar', 'storage-initializer'],
];

/** Names that Backstage UI gives its own controls, in English only, and lets nobody change. */
const OF_THE_KIT = [
  'Toolbar tabs',
  'Clear search',
  'Data table',
  'Select table page size',
  'Previous table page',
  'Next table page',
];

/** What stands in a part of the page in both languages, though it is neither data nor the same word. */
function untranslated(english: string[], german: string[], data: string) {
  const known = new Set([...SAME_IN_BOTH, ...OF_THE_KIT]);
  return german.filter(
    text => english.includes(text) && !data.includes(text) && !known.has(text),
  );
}

/** Collects everything that the portal's backends tell the page from now on: data, which nobody translates. */
function collectData(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  page.on('response', response => {
    if (/\bjson\b/.test(response.headers()['content-type'] ?? '')) {
      // A page that goes on to the next takes its open answers with it.
      bodies.push(response.text().catch(() => ''));
    }
  });
  return async () => {
    const texts: string[] = [];
    for (const body of await Promise.all(bodies)) {
      if (!body) continue;
      JSON.parse(body, (_key, value) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
    }
    return texts.join('\n');
  };
}

/** Reads a part of a page in English, then in German. */
async function inBoth(
  page: Page,
  path: string,
  read: () => Promise<string[]>,
): Promise<{ english: string[]; german: string[] }> {
  await page.goto(path);
  const english = await read();
  await readingIn(page, 'de');
  await page.goto(path);
  const german = await read();
  return { english, german };
}

const partOnceThere = (part: Locator, there: Locator) => async () => {
  await there.first().waitFor();
  return wordsOf(part);
};

test('the card speaks German', async ({ page, shoot }) => {
  const data = collectData(page);
  const card = extensions.card(page, /^(Serving|Betrieb)$/);
  const { english, german } = await inBoth(
    page,
    ENTITY_PAGE,
    partOnceThere(card, card.getByRole('group', { name: 'Router' })),
  );
  await shoot('card');
  await expect(card.getByText('Nicht verfügbar').first()).toBeVisible();
  expect(untranslated(english, german, await data())).toEqual([]);
});

test('the fleet speaks German', async ({ page, shoot }) => {
  const data = collectData(page);
  const fleet = extensions.fleet(page);
  const { english, german } = await inBoth(
    page,
    '/llm-inference',
    partOnceThere(fleet, fleet.getByRole('row', { name: /llama-8b/ })),
  );
  await shoot('fleet');
  await expect(
    page.getByRole('heading', { level: 1, name: 'LLM-Dienste' }),
  ).toBeVisible();
  expect(untranslated(english, german, await data())).toEqual([]);
});

test('the form for a new service speaks German, numbers too', async ({
  page,
  shoot,
}) => {
  await readingIn(page, 'de');
  await page.goto('/create/templates/default/new-pd-service');
  await expect(page.getByRole('radio', { name: /H100/ })).toBeChecked();
  await expect(page.getByText('Erforderlich')).toHaveCount(2);
  const name = page.getByRole('textbox', { name: /^Name(?! für)/ });
  await name.fill('Qwen');
  await expect(page.getByText(/^„Qwen“ enthält Großbuchstaben/)).toBeVisible();
  await name.fill('german-form');
  await page.getByRole('button', { name: 'Qwen/Qwen3-32B' }).click();
  await expect(page.getByText(/^Gewichte 61 GiB · 256 KiB /)).toBeVisible();
  await shoot('what to serve');

  // The steps and their buttons are the scaffolder's own.
  const next = page.getByRole('button', { name: 'Next' });
  await next.click();
  await expect(page.getByText('GPUs je Replikat')).toHaveCount(2);
  await next.click();
  await page.getByRole('textbox', { name: /^Owner/ }).click();
  await page.getByRole('option', { name: /ML platform/ }).click();
  await next.click();
  await expect(page.getByText('Bereit für einen Pull Request')).toBeVisible();
  await expect(
    page.getByRole('row', { name: 'Übrig für den KV-Cache je GPU 4,5 GiB' }),
  ).toBeVisible();
  await expect(
    page.getByRole('row', { name: 'Token, die hineinpassen 18.432' }),
  ).toBeVisible();
  await expect(
    page.getByText(/^Bei Eingaben von 4096 Token wurde /),
  ).toBeVisible();
  await expect(
    page.getByText(/^Decode hat 600 s zum Starten, aber 61 GiB Gewichte /),
  ).toBeVisible();
  await shoot('what it becomes');
});

test.describe('the tab', () => {
  // The engine of a pod that still loads has no log yet.
  test.use({ provoked: /Failed to load resource: .* 404 .*\/log$/ });

  test('speaks German, section by section', async ({ page, keep }) => {
    const data = collectData(page);
    const read = async (theme?: string) => {
      const words: string[] = [];
      await eachSection(page, async (section, panel) => {
        if (theme) await keep(`german/tab-${section}`);
        words.push(...(await wordsOf(panel)));
      });
      return words;
    };
    await page.goto(`${ENTITY_PAGE}/serving`);
    const english = await read();
    await readingIn(page, 'de');
    await page.goto(`${ENTITY_PAGE}/serving`);
    const german = await read('german');
    expect(untranslated(english, german, await data())).toEqual([]);
  });
});
