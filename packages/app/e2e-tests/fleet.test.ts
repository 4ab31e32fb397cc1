import { expect, test } from './support/test';

test('the fleet shows every service, worst first, and finds one', async ({
  page,
  shoot,
}) => {
  await page.goto('/llm-inference');
  await expect(page.getByText('qwen3-8b-search').first()).toBeVisible();
  await expect(page.getByText('granite-8b-code').first()).toBeVisible();
  await expect(
    page
      .getByText('2 of 2 prefill pods cannot be scheduled')
      .or(page.getByText('No free rdma/roce_gdr'))
      .first(),
  ).toBeVisible();
  await shoot('fleet');

  await page
    .getByRole('searchbox', { name: /Search services/ })
    .fill('granite');
  await expect(page.getByText('qwen3-8b-search')).toHaveCount(0);
  await expect(page.getByText('granite-8b-code').first()).toBeVisible();
  await shoot('found');
});
