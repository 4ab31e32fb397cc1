import { extensions } from './support/extensions';
import { PATTERN, test } from './support/scripted';
import { expect } from './support/test';

const LOADS = 5;

/**
 * How long after the last byte of its data the card stands painted; by the page's own clock. The figure is kept,
 * not judged: machines differ.
 */
test('the card is painted right after its data', async ({
  page,
  backend,
  pattern,
}, testInfo) => {
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[role="group"][aria-label="Router"]')) {
        return;
      }
      seen.disconnect();
      requestAnimationFrame(() => {
        // The first task after the frame: it is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () =>
          Object.assign(window, { paintedAt: performance.now() });
        port2.postMessage('');
      });
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  backend.play({
    status: { body: pattern.status },
    clusters: pattern.fleet.clusters,
  });
  const samples: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    await page.goto(`/catalog/default/component/${PATTERN}`);
    await expect(
      extensions.card(page).getByRole('group', { name: 'Router' }),
    ).toBeVisible();
    const painted = await page.waitForFunction(
      () => (window as unknown as { paintedAt?: number }).paintedAt,
    );
    const readAt = await page.evaluate(
      () =>
        performance
          .getEntriesByType('resource')
          .find(({ name }) => /\/v1\/entities\/.*\/status$/.test(name))
          ?.toJSON().responseEnd as number,
    );
    samples.push(Math.round(((await painted.jsonValue()) as number) - readAt));
  }
  expect(samples.every(each => each > 0)).toBe(true);
  samples.sort((a, b) => a - b);
  testInfo.annotations.push({
    type: 'from data to paint, ms',
    description: `median ${samples[Math.floor(LOADS / 2)]}, all ${samples.join(
      ', ',
    )}`,
  });
});
