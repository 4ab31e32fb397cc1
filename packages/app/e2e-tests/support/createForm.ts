import { expect, type Page } from '@playwright/test';

type Shoot = (step: string) => Promise<void>;

/** What differs between the journeys that create a service. */
export interface CreateFormOptions {
  /** Name of the template. */
  template?: string;
  /** Title of the profile. */
  profile?: RegExp;
  /** One of the known models. */
  model?: string;
  /** Fills in what the template asks beyond the shared one, on the page about the place. */
  place?: () => Promise<void>;
}

/** Fills in the form of a template for a new service, up to its review. */
export async function fillCreateForm(
  page: Page,
  name: string,
  shoot: Shoot,
  {
    template = 'new-pd-service',
    profile = /H100/,
    model = 'Qwen/Qwen2.5-7B-Instruct',
    place,
  }: CreateFormOptions = {},
) {
  const next = page.getByRole('button', { name: 'Next' });
  await page.goto(`/create/templates/default/${template}`);
  await expect(page.getByRole('radio', { name: /H100/ })).toBeChecked();
  // The radio itself is drawn by its label.
  await page.getByRole('radio', { name: profile }).check({ force: true });
  await page.getByRole('textbox', { name: /^Name(?! for)/ }).fill(name);
  await page.getByRole('button', { name: model }).click();
  await shoot('what to serve');
  await next.click();
  await expect(
    page.getByText('Prefill', { exact: true }).first(),
  ).toBeVisible();
  await shoot('how large');
  await next.click();
  const owner = page.getByRole('textbox', { name: /^Owner/ });
  await expect(owner).toBeVisible();
  await owner.click();
  await page.getByRole('option', { name: /ML platform/ }).click();
  await place?.();
  await shoot('where and whose');
  await next.click();
  await expect(
    page.getByText(
      place ? 'Ready for a repository of its own' : 'Ready for a pull request',
    ),
  ).toBeVisible();
  await shoot('what it becomes');
  await page.getByRole('button', { name: 'Review' }).click();
  await shoot('review');
}
