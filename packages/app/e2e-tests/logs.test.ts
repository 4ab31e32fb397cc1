import { expect, test } from './support/test';

test('logs are followed, searched and wrapped', async ({
  page,
  ownService,
  shoot,
}) => {
  await page.goto(`${ownService.entityPage}/serving`);
  await page.getByRole('tab', { name: 'Logs' }).click();
  const log = page.getByRole('textbox', { name: /^Log of main in / });

  await test.step('the engine of the first pod is followed', async () => {
    await expect(log).toHaveValue(/\S/);
    await expect(page.getByText(/lines? · following/)).toBeVisible();
    await shoot('followed');
  });

  await test.step('a search leaves the lines that match', async () => {
    const search = page.getByRole('searchbox', { name: 'Search lines' });
    await search.fill('vllm');
    await expect(page.getByText(/\d+ of \d+ lines match/)).toBeVisible();
    const lines = (await log.inputValue()).split('\n');
    expect(lines.filter(line => !/vllm/i.test(line))).toEqual([]);
    await shoot('searched');
    await search.clear();
  });

  await test.step('long lines wrap, or do not', async () => {
    await expect(log).toHaveAttribute('wrap', 'soft');
    await page.getByRole('switch', { name: 'Wrap' }).press('Space');
    await expect(log).toHaveAttribute('wrap', 'off');
    await shoot('not wrapped');
  });
});

test.describe('where logs are off', () => {
  test.use({ provoked: /Failed to load resource: .* 403 .*\/log/ });

  test('the reason is said in place of the log', async ({ page, shoot }) => {
    const message =
      'Logs are off in this portal; llmInference.logs.enabled turns them on';
    await page.route(/\/api\/llm-inference\/.*\/log\b/, route =>
      route.fulfill({
        status: 403,
        headers: {
          'access-control-allow-origin': new URL(page.url()).origin,
          'access-control-allow-credentials': 'true',
        },
        json: { error: { name: 'NotAllowedError', message } },
      }),
    );
    await page.goto('/catalog/default/component/qwen2-7b-chat/serving');
    await page.getByRole('tab', { name: 'Logs' }).click();
    await expect(page.getByText('The log cannot be read')).toBeVisible();
    await expect(page.getByText(message)).toBeVisible();
    await shoot('logs are off');
  });
});
