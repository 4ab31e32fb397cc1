import { expect, type Page } from '@playwright/test';

type Shoot = (step: string) => Promise<void>;

/** Follows a finished task to its pull request, checks what it says and merges it. */
export async function mergePullRequest(
  page: Page,
  says: (string | RegExp)[],
  shoot: Shoot,
) {
  const link = page.getByRole('link', { name: 'Pull request' });
  await expect(link).toBeVisible({ timeout: 120_000 });
  await shoot('task');
  await page.goto((await link.getAttribute('href'))!);
  for (const text of says) {
    await expect(page.getByText(text).first()).toBeVisible();
  }
  await shoot('pull request');
  await page.getByRole('button', { name: 'Merge pull request' }).click();
  await expect(page.getByText('Merged').first()).toBeVisible();
}
