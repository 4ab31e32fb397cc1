import { fillCreateForm } from './support/createForm';
import { portalApi } from './support/portalApi';
import { mergePullRequest } from './support/pullRequest';
import { expect, test } from './support/test';

test.use({
  // The page looks for an entity that is gone by then: that is what it shows.
  provoked: /Failed to load resource: .* 404 .*\/component\/default\/own-/,
});

/** Not by pull request, but by a repository that the template makes and pushes to. */
test('a service in a repository of its own is pushed, registered and applied, and retired', async ({
  page,
  shoot,
}) => {
  test.setTimeout(600_000);
  const name = `own-${Date.now().toString(36)}`;
  const repository = page.getByRole('link', { name: 'Repository' });

  await test.step('fill in the form', async () => {
    await fillCreateForm(page, name, shoot, {
      template: 'new-pd-service-repository',
      profile: /CPU/,
      model: 'Qwen/Qwen2.5-0.5B-Instruct',
      place: async () => {
        await expect(
          page.getByRole('textbox', { name: /^Organisation/ }),
        ).toHaveValue('platform');
        await expect(
          page.getByRole('textbox', { name: /^Repository/ }),
        ).toHaveValue(name);
      },
    });
    await page.getByRole('button', { name: 'Create' }).click();
  });

  await test.step('the repository is pushed and registered', async () => {
    await expect(repository).toBeVisible({ timeout: 120_000 });
    await shoot('task');
    const api = await portalApi(page.request);
    // Registering adds the location; the catalog reads the file a moment later.
    const entity = () =>
      api.get(`catalog/entities/by-name/component/default/${name}`);
    await expect
      .poll(async () => (await entity()).status(), { timeout: 120_000 })
      .toBe(200);
    expect(
      (await (await entity()).json()).metadata.annotations[
        'backstage.io/managed-by-location'
      ],
    ).toContain(`/platform/${name}/`);
  });

  await test.step('the GitOps sync applies it, and its card says so', async () => {
    await page.goto(`/catalog/default/component/${name}`);
    await expect(page.getByText(/Healthy|Progressing/).first()).toBeVisible({
      timeout: 120_000,
    });
    await shoot('card');
  });

  await test.step('retire it: the pull request goes to its own repository', async () => {
    await page.goto('/create/templates/default/retire-pd-service');
    await page.getByRole('textbox', { name: /Service/ }).fill(name);
    await page.getByRole('option', { name: new RegExp(name) }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('region', { name: 'gpu-east' })).toBeVisible();
    await shoot('retire: who will notice');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Open pull request' }).click();
    await mergePullRequest(
      page,
      [`platform/${name}`, 'catalog-info.yaml', /no longer runs/],
      step => shoot(`retire: ${step}`),
    );
  });

  await test.step('the service goes, and its entities with it', async () => {
    const api = await portalApi(page.request);
    const status = async (path: string) => (await api.get(path)).status();
    await expect
      .poll(
        () => status(`llm-inference/v1/services/gpu-east/llm-demo/${name}`),
        {
          timeout: 120_000,
        },
      )
      .toBe(404);
    for (const entity of [
      `component/default/${name}`,
      `api/default/${name}`,
      `resource/default/${name}-model`,
    ]) {
      await expect
        .poll(() => status(`catalog/entities/by-name/${entity}`), {
          timeout: 180_000,
          message: entity,
        })
        .toBe(404);
    }
    await page.goto(`/catalog/default/component/${name}`);
    await expect(page.getByText(/not found/i).first()).toBeVisible();
    await shoot('retire: gone');
  });
});
