import { eachSection, extensions } from './support/extensions';
import { expectVisibleStops, type Stop, walk } from './support/keyboard';
import { expect, test } from './support/test';

// Tall enough that nothing scrolls while the focus moves.
test.use({ viewport: { width: 1440, height: 3600 } });

const SERVICE = '/catalog/default/component/qwen2-7b-chat';

test('the card is walked through by keyboard, and gives its snippets', async ({
  page,
  shoot,
}) => {
  await page.goto(SERVICE);
  const card = extensions.card(page);
  await expect(card.getByText('Healthy').first()).toBeVisible();

  const curl = card.getByRole('button', { name: 'curl', exact: true });
  await curl.focus();
  await page.keyboard.press('Enter');
  await expect(card.getByText(/^curl '/)).toBeVisible();
  await expect(curl).toHaveAttribute('aria-expanded', 'true');

  const stops = await walk(page, card);
  expect(stops.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Copy URL', 'curl', 'Python', 'Copy curl']),
  );
  expectVisibleStops(stops);
  await shoot('snippet by keyboard');
});

test('pods are sorted and filtered by keyboard', async ({ page, shoot }) => {
  await page.goto(`${SERVICE}/serving`);
  const pods = page.getByRole('tab', { name: 'Pods' });
  await pods.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('tabpanel', { name: 'Pods' });
  await expect(panel.getByRole('row').nth(1)).toBeVisible();

  const header = panel.getByRole('columnheader', { name: /^Pod/ }).first();
  await header.focus();
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', /ascending|descending/);

  await panel.getByRole('searchbox').focus();
  await page.keyboard.type('prefill');
  await expect(panel.getByText(/2 of 3 pods/)).toBeVisible();
  await shoot('pods by keyboard');
});

test('every section of the tab is walked through by keyboard', async ({
  page,
}) => {
  await page.goto(`${SERVICE}/serving`);
  const stops = new Map<string, Stop[]>();
  await eachSection(page, async (section, panel) => {
    stops.set(section, await walk(page, panel));
  });
  const named = (section: string) =>
    stops.get(section)?.map(({ name }) => name.split('\n')[0]) ?? [];
  expect(named('Pods')).toEqual(
    expect.arrayContaining(['Search pods and nodes', 'All', 'Only not ready']),
  );
  expect(named('Metrics')).toEqual(
    expect.arrayContaining(['15 min', 'Charts']),
  );
  expect(named('Logs')).toEqual(
    expect.arrayContaining(['Search lines', 'Follow', 'Wrap']),
  );
  expect(named('History')).toContain('24 hours');
  expect(named('Manifest')).toContain('Copy manifest');
  for (const [section, each] of stops) {
    expect
      .soft(
        each.filter(({ isVisible }) => !isVisible),
        section,
      )
      .toEqual([]);
  }
});

test('Verify PD is opened, read and left by keyboard', async ({
  page,
  shoot,
}) => {
  await page.goto(`${SERVICE}/serving`);
  const verify = page.getByRole('button', { name: 'Verify PD' });
  await verify.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('203.0.113.14');
  const send = dialog.getByRole('button', { name: 'Send the request' });
  for (let stops = 0; stops < 6; stops += 1) {
    if (await send.evaluate(button => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(send).toBeFocused();
  await shoot('asked by keyboard');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(verify).toBeFocused();
});
