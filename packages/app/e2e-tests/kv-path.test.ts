import { createOwnService } from './support/ownService';
import { portalApi } from './support/portalApi';
import { type SandboxService, setTraffic } from './support/sandbox';
import { expect, test } from './support/test';

// A second look at a service within a minute is refused, and the dialog says so.
test.use({ provoked: /Failed to load resource: .* 409 .*\/verify-pd$/ });

const east = { cluster: 'gpu-east', namespace: 'llm-demo' };
const chat = { ...east, name: 'qwen2-7b-chat' };
const groups = {
  cluster: 'gpu-west',
  namespace: 'llm-demo',
  name: 'deepseek-r1-reasoning',
};

test('the KV path shows every state that traffic can bring it into, charts draw it, and Verify PD proves it', async ({
  page,
  request,
  shoot,
}) => {
  // Three windows of measurement, each half a minute and more where the machine is busy.
  test.setTimeout(600_000);
  const open = async (name: string) => {
    await page.goto(`/catalog/default/component/${name}/serving`);
    return page.getByRole('group', { name: 'KV cache path' });
  };
  const api = await portalApi(request);
  const kvOf = async ({ cluster, namespace, name }: SandboxService) => {
    const answer = await api.get(
      `llm-inference/v1/services/${cluster}/${namespace}/${name}`,
    );
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).health.kvTransfer;
  };
  const restore: (() => Promise<void>)[] = [];
  try {
    await test.step('as it is: over RDMA, over nothing, stopped', async () => {
      // Who turns slow is looked at again, and slow is what is below its usual rate: that has to be known first.
      await expect
        .poll(async () => (await kvOf(groups)).bytesPerSecond, {
          timeout: 180_000,
          message: `usual rate of ${groups.name}`,
        })
        .toBeGreaterThan(1e9);
      // The largest pair gets slow and TCP meanwhile, which takes a window of measurement.
      restore.push(
        await setTraffic(request, groups, {
          requestsPerSecond: 10,
          fabric: 'tcp',
          bytesPerSecond: 276e6,
        }),
      );
      const path = await open(chat.name);
      await expect(path).toContainText('RDMA', { timeout: 120_000 });
      await expect(path).toContainText('Effective', { timeout: 120_000 });
      await expect(path).toContainText(/GB\/s/);
      await page.getByRole('tab', { name: 'Metrics' }).click();
      await expect(
        page.getByRole('figure', { name: 'Bandwidth while KV cache moves' }),
      ).toContainText('GB/s');
      await expect(
        page.getByRole('application', { name: /^Time between tokens/ }),
      ).toBeVisible();
      await shoot('effective over RDMA, charts');
      await page.getByRole('radio', { name: 'Tables' }).click();
      await expect(
        page.getByRole('columnheader', { name: 'p95' }).first(),
      ).toBeVisible();
      await shoot('tables');
    });

    await test.step('Verify PD says what it will do, and what came of it', async () => {
      await page.getByRole('button', { name: 'Verify PD' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('203.0.113.14');
      await shoot('verify asks');
      await dialog.getByRole('button', { name: 'Send the request' }).click();
      await expect(dialog).toContainText('KV cache moved from prefill', {
        timeout: 120_000,
      });
      await expect(dialog).toContainText('RDMA');
      await shoot('verified');
      await dialog.getByRole('button', { name: 'Verify again' }).click();
      await expect(dialog).toContainText('Verified a moment ago');
      await shoot('verified a moment ago');
    });

    restore.push(
      await setTraffic(request, chat, {
        requestsPerSecond: 10,
        failureShare: 0.4,
      }),
    );
    const bypassed = await open('mistral-7b-summary');
    await expect(bypassed).toContainText('Not set up');
    await shoot('not set up');
    const stopped = await open('granite-8b-code');
    await expect(stopped).toContainText('fabric unverified');
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect(
      page.getByText('A stopped service has no pods to measure.'),
    ).toBeVisible();
    await shoot('unmeasurable, unverified');

    await test.step('transfers fail', async () => {
      const path = await open(chat.name);
      await expect(path).toContainText('Suspect', { timeout: 120_000 });
      await shoot('suspect');
    });

    await test.step('over TCP, slowly', async () => {
      const path = await open(groups.name);
      await expect(path).toContainText('TCP', { timeout: 120_000 });
      // The bandwidth is that of the window, which still holds faster transfers for a while.
      await expect(path).toContainText('276 MB/s', { timeout: 120_000 });
      await shoot('over TCP');
    });

    await test.step('nothing is pulled, and nothing is asked', async () => {
      await setTraffic(request, chat, {
        requestsPerSecond: 10,
        transferShare: 0,
      });
      await setTraffic(request, groups, { requestsPerSecond: 0 });
      const path = await open(chat.name);
      await expect(path).toContainText('Bypassed', { timeout: 120_000 });
      // Everything is ready and answers; the portal says what is wrong all the same.
      await expect(page.getByText('Degraded').first()).toBeVisible();
      await shoot('bypassed');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 320, height: 900 });
      await page.getByRole('tab', { name: 'Metrics' }).click();
      await expect(
        page.getByRole('figure', { name: 'KV cache moved' }),
      ).toBeVisible();
      await shoot('bypassed, dark, 320 px');
    });
  } finally {
    for (const back of restore) {
      await back();
    }
  }
});

test('a new service that nobody has asked yet is idle, and one request proves its KV path', async ({
  page,
  request,
  shoot,
}) => {
  // It starts, is measured twice half a minute apart, and is asked.
  test.setTimeout(600_000);
  const service = await createOwnService(request, { requestsPerSecond: 0 });
  const verify = async () => {
    const button = page.getByRole('button', { name: 'Verify PD' });
    await button.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send the request' }).click();
    return dialog;
  };
  try {
    await page.goto(`${service.entityPage}/serving`);
    const path = page.getByRole('group', { name: 'KV cache path' });
    await expect(path).toContainText('Idle', { timeout: 120_000 });
    await expect(path).toContainText('fabric unverified');
    await shoot('idle, unverified');

    await test.step('it moved, over RDMA', async () => {
      const dialog = await verify();
      await expect(dialog).toContainText('KV cache moved from prefill', {
        timeout: 120_000,
      });
      await expect(dialog).toContainText('RDMA');
      await shoot('a new service is proven');
      await page.keyboard.press('Escape');
      await expect(path).toContainText('RDMA', { timeout: 120_000 });
    });

    await test.step('it did not move, where the engines have no connector', async () => {
      await page.goto('/catalog/default/component/mistral-7b-summary/serving');
      const dialog = await verify();
      await expect(dialog).toContainText('KV cache did not move', {
        timeout: 120_000,
      });
      await shoot('nothing moved');
    });
  } finally {
    await service.remove();
  }
});
