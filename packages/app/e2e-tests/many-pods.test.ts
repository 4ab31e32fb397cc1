import type { PodHealth } from 'backstage-plugin-llm-inference-common';
import { PATTERN, test } from './support/scripted';
import { expect } from './support/test';

const PODS = 500;

test('of five hundred pods only those in sight are drawn, however they are sorted, searched and scrolled', async ({
  page,
  backend,
  pattern,
  keep,
}, testInfo) => {
  const [service] = pattern.status.services;
  const { decode } = service.health.pools;
  const pods = Array.from(
    { length: PODS },
    (_, index): PodHealth => ({
      ...decode!.pods[0],
      name: `decode-${String(index).padStart(3, '0')}`,
      restarts: index % 7,
    }),
  );
  backend.play({
    status: {
      body: {
        ...pattern.status,
        services: [
          {
            ...service,
            health: {
              ...service.health,
              pools: {
                ...service.health.pools,
                decode: { ...decode!, desired: PODS, ready: PODS, pods },
              },
            },
          },
        ],
      },
    },
    clusters: pattern.fleet.clusters,
  });
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver(list =>
      list.getEntries().forEach(({ duration }) => tasks.push(duration)),
    ).observe({ type: 'longtask' });
  });
  await page.goto(`/catalog/default/component/${PATTERN}/serving`);
  await page.getByRole('tab', { name: 'Pods' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Pods' });
  const rows = panel.getByRole('row');
  await expect(panel.getByText(`502 of 502 pods`)).toBeVisible();
  await expect(rows.nth(1)).toBeVisible();
  const longTasks = async (doing: () => Promise<void>) => {
    await page.evaluate(() => {
      (window as unknown as { longTasks: number[] }).longTasks.length = 0;
    });
    await doing();
    expect(await rows.count()).toBeLessThan(80);
    return page.evaluate(() =>
      Math.round(
        Math.max(
          0,
          ...(window as unknown as { longTasks: number[] }).longTasks,
        ),
      ),
    );
  };

  const longest = {
    sort: await longTasks(async () => {
      await panel.getByRole('columnheader', { name: /Restarts/ }).click();
      await expect(
        panel.getByRole('columnheader', { name: /Restarts/ }),
      ).toHaveAttribute('aria-sort', 'ascending');
    }),
    scroll: await longTasks(async () => {
      await panel.getByRole('row').nth(5).hover();
      for (let step = 0; step < 10; step += 1) {
        await page.mouse.wheel(0, 1_500);
        await page.waitForTimeout(50);
      }
    }),
    search: await longTasks(async () => {
      await panel.getByRole('searchbox').fill('decode-4');
      await expect(panel.getByText('100 of 502 pods')).toBeVisible();
    }),
  };
  testInfo.annotations.push({
    type: 'longest task, ms',
    description: JSON.stringify(longest),
  });
  await keep('pods-500');
});
