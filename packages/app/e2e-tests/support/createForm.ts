import { expect, type Page } from '@playwright/test';

/** Fills in the form of the template for a new service, up to its review. */
export async function fillCreateForm(
  page: Page,
  name: string,
  shoot: (step: string) => Promise<void>,
) {
  const next = page.getByRole('button', { name: 'Next' });
  await page.goto('/create/templates/default/new-pd-service');
  await expect(page.getByRole('radio', { name: /H100/ })).toBeChecked();
  await page.getByRole('textbox', { name: /^Name(?! for)/ }).fill(name);
  await page.getByRole('button', { name: 'Qwen/Qwen2.5-7B-Instruct' }).click();
  await shoot('what to serve');
  await next.click();
  await expect(
    page.getByText('Prefill', { exact: true }).first(),
  ).toBeVisible();
  await shoot('how large');
  await next.click();
  await page.getByRole('textbox', { name: /Owner/ }).click();
  await page.getByRole('option', { name: /ML platform/ }).click();
  await shoot('where and whose');
  await next.click();
  await expect(page.getByText('Ready for a pull request')).toBeVisible();
  await shoot('what it becomes');
  await page.getByRole('button', { name: 'Review' }).click();
  await shoot('review');
}
