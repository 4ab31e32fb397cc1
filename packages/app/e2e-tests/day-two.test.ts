import { fillCreateForm } from './support/createForm';
import { portalApi } from './support/portalApi';
import { mergePullRequest } from './support/pullRequest';
import { expect, test } from './support/test';

// At the end somebody looks at the page of what is gone.
test.use({
  provoked:
    /Failed to load resource: .* 404 .*\/by-name\/component\/default\/day-two-/,
});

/** A life after the first day: a service of its own is made, changed from its page, and retired. */
test('a service is changed from its page and then retired, both by pull request', async ({
  page,
  shoot,
}) => {
  test.setTimeout(600_000);
  const name = `day-two-${Date.now().toString(36)}`;
  const entityPage = `/catalog/default/component/${name}`;
  const api = await portalApi(page.request);
  const entityPath = `catalog/entities/by-name/component/default/${name}`;
  const servicePath = `llm-inference/v1/services/gpu-east/llm-demo/${name}`;
  const status = async (path: string) => (await api.get(path)).status();

  await test.step('create it', async () => {
    await fillCreateForm(page, name, async () => {}, {
      profile: /CPU/,
      model: 'Qwen/Qwen2.5-0.5B-Instruct',
    });
    await page.getByRole('button', { name: 'Create' }).click();
    await mergePullRequest(page, ['catalog-info.yaml'], async () => {});
    await expect.poll(() => status(entityPath), { timeout: 120_000 }).toBe(200);
    await page.goto(`${entityPage}/serving`);
    await expect(page.getByText('Healthy').first()).toBeVisible({
      timeout: 180_000,
    });
  });

  await test.step('its page opens the form with what is so', async () => {
    await page.getByRole('link', { name: 'Change' }).click();
    await expect(page.getByRole('textbox', { name: /Service/ })).toHaveValue(
      new RegExp(name),
    );
    await shoot('change: which service');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(
      page.getByRole('textbox', { name: 'Prefill replicas' }),
    ).toHaveValue('2');
    await expect(
      page.getByRole('textbox', { name: 'Decode replicas' }),
    ).toHaveValue('1');
  });

  await test.step('change decode from 1 to 2 replicas', async () => {
    await page.getByRole('textbox', { name: 'Decode replicas' }).fill('2');
    await shoot('change: what to change');
    await page.getByRole('button', { name: 'Next' }).click();
    await shoot('change: what keeps it from serving');
    await page.getByRole('button', { name: 'Review' }).click();
    await shoot('change: review');
    await page.getByRole('button', { name: 'Open pull request' }).click();
    await mergePullRequest(page, [/decode replicas/], step =>
      shoot(`change: ${step}`),
    );
  });

  await test.step('its card shows the new count', async () => {
    await page.goto(entityPage);
    await expect(page.getByText(/2 of 2 decode/).first()).toBeVisible({
      timeout: 180_000,
    });
    await shoot('change: card');
  });

  await test.step('retire it', async () => {
    await page.goto('/create/templates/default/retire-pd-service');
    await page.getByRole('textbox', { name: /Service/ }).fill(name);
    await page.getByRole('option', { name: new RegExp(name) }).click();
    await shoot('retire: which service');
    await page.getByRole('button', { name: 'Next' }).click();
    const use = page.getByRole('region', { name: 'gpu-east' });
    await expect(use.getByText('Healthy')).toBeVisible();
    await expect(use.getByText('Requests running')).toBeVisible({
      timeout: 120_000,
    });
    await shoot('retire: who will notice');
    await page.getByRole('button', { name: 'Review' }).click();
    await shoot('retire: review');
    await page.getByRole('button', { name: 'Open pull request' }).click();
    await mergePullRequest(page, ['catalog-info.yaml'], step =>
      shoot(`retire: ${step}`),
    );
  });

  await test.step('service and entity go', async () => {
    for (const path of [servicePath, entityPath]) {
      await expect
        .poll(() => status(path), { timeout: 180_000, message: path })
        .toBe(404);
    }
    await page.goto(entityPage);
    await shoot('retire: gone');
  });
});
