import { fillCreateForm } from './support/createForm';
import { portalApi } from './support/portalApi';
import { playFault } from './support/sandbox';
import { expect, test } from './support/test';

/** The promise of the product in one go: form, pull request, merge, catalog, card. */
test('a service goes from the form through the pull request to a healthy card', async ({
  page,
  request,
  shoot,
}) => {
  test.setTimeout(420_000);
  const name = `qwen-${Date.now().toString(36)}`;

  await test.step('fill in the form', async () => {
    await page.goto('/create');
    await expect(
      page.getByText('Prefill/decode LLM service', { exact: true }),
    ).toBeVisible();
    await fillCreateForm(page, name, shoot);
    await page.getByRole('button', { name: 'Create' }).click();
  });

  const pullRequest = page.getByRole('link', { name: 'Pull request' });
  await test.step('the pull request opens', async () => {
    await expect(pullRequest).toBeVisible({ timeout: 120_000 });
    await shoot('task');
  });

  await test.step('read and merge it', async () => {
    await page.goto((await pullRequest.getAttribute('href'))!);
    await expect(page.getByText('catalog-info.yaml').first()).toBeVisible();
    await shoot('pull request');
    await page.getByRole('button', { name: 'Merge pull request' }).click();
    await expect(page.getByText('Merged').first()).toBeVisible();
  });

  // Its model goes on loading until somebody has seen that, however long the page takes.
  let letItLoad = async () => {};
  await test.step('the GitOps sync applies it', async () => {
    await expect(async () => {
      letItLoad = await playFault(
        request,
        { cluster: 'gpu-east', namespace: 'llm-demo', name },
        'model-download-slow',
      );
    }).toPass({ timeout: 120_000, intervals: [250] });
  });

  await test.step('the entity appears by itself', async () => {
    const api = await portalApi(page.request);
    await expect
      .poll(
        async () =>
          (
            await api.get(`catalog/entities/by-name/component/default/${name}`)
          ).status(),
        { timeout: 120_000 },
      )
      .toBe(200);
    await page.goto(`/catalog/default/component/${name}`);
  });

  await test.step('its card goes from Progressing to Healthy without a reload', async () => {
    await expect(page.getByText('Progressing').first()).toBeVisible();
    await shoot('progressing');
    await letItLoad();
    await expect(page.getByText('Healthy').first()).toBeVisible({
      timeout: 180_000,
    });
    await shoot('healthy');
  });
});
