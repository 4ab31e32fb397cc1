import { extensions } from './support/extensions';
import { cutOff, playFault } from './support/sandbox';
import { expect, test } from './support/test';

test('a fault shows its cause and remedy on the open page, and goes when it is healed', async ({
  page,
  request,
  ownService,
  shoot,
}) => {
  await page.goto(ownService.entityPage);
  const card = extensions.card(page);
  await expect(card.getByText('Healthy').first()).toBeVisible();

  const heal = await playFault(request, ownService, 'model-access-denied');
  try {
    await expect(card.getByText(/accept the licence/i).first()).toBeVisible({
      timeout: 120_000,
    });
    await expect(card.getByText(/Unavailable|Degraded/).first()).toBeVisible();
    await shoot('model access denied');
  } finally {
    await heal();
  }
  await expect(card.getByText('Healthy').first()).toBeVisible({
    timeout: 180_000,
  });
  await shoot('healthy again');
});

test('a cluster that cannot be reached leaves the last known state, marked as such', async ({
  page,
  request,
  shoot,
}) => {
  await page.goto('/catalog/default/component/mistral-7b-summary');
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();

  const reconnect = await cutOff(request, 'gpu-east');
  try {
    await expect(page.getByText(/as of/i).first()).toBeVisible({
      timeout: 120_000,
    });
    await shoot('cluster cut off');
  } finally {
    await reconnect();
  }
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible({
    timeout: 120_000,
  });
});
