import { expectAccessible } from './support/accessibility';
import { fillCreateForm } from './support/createForm';
import { eachSection, extensions } from './support/extensions';
import { expect, test } from './support/test';

const HEALTHY = '/catalog/default/component/qwen2-7b-chat';
const UNAVAILABLE = '/catalog/default/component/llama-8b-agents';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe, ${colorScheme}`, () => {
    test.use({
      colorScheme,
      // The engine of a pod that still loads has no log yet.
      provoked: /Failed to load resource: .* 404 .*\/log$/,
    });

    test('finds nothing in the card', async ({ page, shoot }) => {
      for (const [path, verdict] of [
        [HEALTHY, 'Healthy'],
        [UNAVAILABLE, 'Unavailable'],
      ]) {
        await page.goto(path);
        const card = extensions.card(page);
        await expect(card.getByText(verdict).first()).toBeVisible();
        await card.getByRole('button', { name: 'Python', exact: true }).click();
        await expect(card.getByText('OpenAI(')).toBeVisible();
        await shoot(verdict);
        await expectAccessible(page, [card], 'component');
      }
    });

    test('finds nothing in any section of the tab', async ({ page, shoot }) => {
      await page.goto(`${UNAVAILABLE}/serving`);
      await eachSection(page, async section => {
        await shoot(section);
        await expectAccessible(page, [extensions.tab(page)], 'kubernetes');
      });
    });

    test('finds nothing in the fleet', async ({ page, shoot }) => {
      await page.goto('/llm-inference');
      await expect(page.getByRole('row', { name: /llama-8b/ })).toBeVisible();
      await shoot('fleet');
      await expectAccessible(page, [extensions.fleet(page)], 'no such entity');
    });

    test('finds nothing in the form for a new service', async ({
      page,
      shoot,
    }) => {
      await fillCreateForm(
        page,
        `axe-${Date.now().toString(36)}`,
        async step => {
          await shoot(step);
          if (step === 'review') {
            await expectAccessible(page, [], 'template review');
          } else {
            await expectAccessible(
              page,
              [extensions.form(page)],
              step === 'what to serve' ? 'template' : 'template step',
            );
          }
        },
      );
    });

    test('finds nothing in the forms that change and retire a service', async ({
      page,
      shoot,
    }) => {
      const next = page.getByRole('button', { name: 'Next' });
      const look = async (
        step: string,
        stock: 'template' | 'template step',
      ) => {
        await shoot(step);
        await expectAccessible(page, [extensions.form(page)], stock);
      };
      await page.goto(`${HEALTHY}/serving`);
      await page.getByRole('link', { name: 'Change' }).click();
      await expect(page.getByRole('textbox', { name: /Service/ })).toHaveValue(
        /qwen2-7b-chat/,
      );
      await look('change: which service', 'template');
      await next.click();
      await expect(
        page.getByRole('textbox', { name: 'Prefill replicas' }),
      ).toHaveValue('2');
      await look('change: what to change', 'template step');
      await next.click();
      await look('change: what keeps it from serving', 'template step');

      const retired = { entityRef: 'component:default/qwen2-7b-chat' };
      await page.goto(
        `/create/templates/default/retire-pd-service?formData=${encodeURIComponent(
          JSON.stringify(retired),
        )}`,
      );
      await expect(page.getByRole('textbox', { name: /Service/ })).toHaveValue(
        /qwen2-7b-chat/,
      );
      await next.click();
      await expect(
        page.getByRole('region', { name: 'gpu-east' }).getByText('Healthy'),
      ).toBeVisible();
      await look('retire: who will notice', 'template step');
    });

    test('finds nothing in the services of a model and of a system', async ({
      page,
      shoot,
    }) => {
      for (const [kind, path, title] of [
        [
          'model',
          '/catalog/default/resource/qwen3-8b',
          'Services that serve this model',
        ],
        ['system', '/catalog/default/system/llm-serving', 'LLM services'],
      ] as const) {
        await page.goto(path);
        const card = extensions.card(page, title);
        await expect(card.getByRole('link').first()).toBeVisible();
        await shoot(kind);
        await expectAccessible(page, [card], kind);
      }
    });
  });
}
