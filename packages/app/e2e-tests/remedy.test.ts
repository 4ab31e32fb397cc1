import { commitManifest } from './support/gitOps';
import { mergePullRequest } from './support/pullRequest';
import { expect, test } from './support/test';

const SERVICE = 'qwen2-7b-chat';
const OPEN = 'Open a pull request with this change';

test('a fault in a manifest ends by the pull request that its cause offers', async ({
  page,
  request,
  shoot,
}) => {
  test.setTimeout(420_000);
  const card = `/catalog/default/component/${SERVICE}`;
  const verdict = (word: string) =>
    page.getByText(word, { exact: true }).first();

  await test.step('it serves', async () => {
    await page.goto(card);
    await expect(verdict('Healthy')).toBeVisible();
  });

  let restore = async () => {};
  try {
    await test.step('somebody merges two producers of KV cache', async () => {
      restore = await commitManifest(request, SERVICE, manifest =>
        manifest.replace('kv_consumer', 'kv_producer'),
      );
      await expect(
        page.getByRole('heading', { name: /KV connectors .* do not fit/ }),
      ).toBeVisible({ timeout: 120_000 });
      await shoot('diagnosis on the card');
    });

    await test.step('the tab offers the change, and opens the form with it', async () => {
      await page.goto(`${card}/serving`);
      await expect(
        page.getByText('KV roles: prefill produces, decode consumes'),
      ).toBeVisible();
      await shoot('remedy on the tab');
      await page.getByRole('link', { name: OPEN }).first().click();
      await expect(page.getByRole('textbox', { name: /Service/ })).toHaveValue(
        new RegExp(SERVICE),
      );
      const next = page.getByRole('button', { name: 'Next' });
      await next.click();
      await expect(
        page.getByRole('textbox', { name: 'Prefill replicas' }),
      ).toHaveValue('');
      await next.click();
      await expect(
        page.getByText('prefill produces the cache, decode consumes it'),
      ).toBeVisible();
      await expect(page.getByText(/kv-role-mismatch/).first()).toBeVisible();
      await shoot('the form, filled');
      await page.getByRole('button', { name: 'Review' }).click();
    });

    await test.step('the pull request names the cause and its evidence', async () => {
      await page.getByRole('button', { name: 'Open pull request' }).click();
      await mergePullRequest(
        page,
        [/kv-role-mismatch/, /"kv_role":"kv_producer"/, /decode KV role/],
        shoot,
      );
    });

    await test.step('it serves again', async () => {
      await page.goto(card);
      await expect(verdict('Healthy')).toBeVisible({ timeout: 180_000 });
      await shoot('healthy again');
    });
  } finally {
    // The change that the cause offers has done it already, unless this test has failed before.
    await restore();
  }
});
