import { expect, test } from './support/test';

test('the form says at the field what is wrong with a name', async ({
  page,
  shoot,
}) => {
  await page.goto('/create/templates/default/new-pd-service');
  const name = page.getByRole('textbox', { name: /^Name(?! for)/ });
  const next = page.getByRole('button', { name: 'Next' });
  await page.getByRole('button', { name: 'Qwen/Qwen2.5-7B-Instruct' }).click();

  await test.step('not DNS-1035', async () => {
    await name.fill('qwen2.5-7b');
    await expect(page.getByText(/qwen2\.5-7b.*dot/i).first()).toBeVisible();
    await shoot('a dot in the name');
  });

  await test.step('taken', async () => {
    await name.fill('qwen2-7b-chat');
    await next.click();
    await expect(
      page.getByText(/qwen2-7b-chat.*(taken|exists)/i).first(),
    ).toBeVisible();
    await shoot('a taken name');
    await expect(name).toHaveValue('qwen2-7b-chat');
  });
});
