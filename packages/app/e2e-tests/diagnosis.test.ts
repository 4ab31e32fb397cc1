import { expect, test } from '@playwright/test';
import { cutOff, playFault } from './support/sandbox';
import { screenshots } from './support/screenshots';

const chat = {
  cluster: 'gpu-east',
  namespace: 'llm-demo',
  name: 'qwen2-7b-chat',
};

test('a fault shows its cause and remedy on the open page, and goes when it is healed', async ({
  page,
  request,
}, testInfo) => {
  const shoot = screenshots(page, testInfo);
  await page.goto(`/catalog/default/component/${chat.name}`);
  await expect(page.getByText('Healthy').first()).toBeVisible();

  const heal = await playFault(request, chat, 'model-access-denied');
  try {
    await expect(page.getByText(/accept the licence/i).first()).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText(/Unavailable|Degraded/).first()).toBeVisible();
    await shoot('model access denied');
  } finally {
    await heal();
  }
  await expect(page.getByText('Healthy').first()).toBeVisible({
    timeout: 120_000,
  });
  await shoot('healthy again');
});

test('a cluster that cannot be reached leaves the last known state, marked as such', async ({
  page,
  request,
}, testInfo) => {
  const shoot = screenshots(page, testInfo);
  await page.goto('/catalog/default/component/mistral-7b-summary');
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();

  const reconnect = await cutOff(request, 'gpu-east');
  try {
    await expect(page.getByText(/as of/i).first()).toBeVisible({
      timeout: 60_000,
    });
    await shoot('cluster cut off');
  } finally {
    await reconnect();
  }
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible({
    timeout: 60_000,
  });
});
