import type { APIRequestContext } from '@playwright/test';
import { portalApi } from './support/portalApi';
import { commitFile, deleteFile, denyServices } from './support/sandbox';
import { expect, test } from './support/test';

const CLUSTER = `http://127.0.0.1:${
  process.env.SANDBOX_GPU_EAST_PORT ?? '7102'
}`;
const WORDS = 'no more than 4 GPUs per team';

/** The files of a small service for gpu-east, in the order in which they are merged. */
const filesOf = (name: string): [path: string, text: string][] => [
  [
    'base/llm-inference-service.yaml',
    `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata:
  name: ${name}
  annotations: { backstage.io/entity-ref: component:default/${name} }
spec:
  model: { uri: hf://Qwen/Qwen3-8B, name: Qwen/Qwen3-8B }
  replicas: 1
  prefill: { replicas: 1 }
  router: { route: {}, gateway: {}, scheduler: {} }
`,
  ],
  ['base/kustomization.yaml', 'resources: [llm-inference-service.yaml]\n'],
  [
    'overlays/gpu-east/kustomization.yaml',
    'namespace: llm-demo\nresources: [../../base]\n',
  ],
  [
    'catalog-info.yaml',
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: Serves Qwen3-8B (Qwen/Qwen3-8B).
  annotations:
    serving.kserve.io/llm-inference-service: llm-demo/${name}
    backstage.io/kubernetes-cluster: gpu-east
spec: { type: model-server, lifecycle: experimental, owner: ml-platform }
`,
  ],
];

async function scale(request: APIRequestContext, name: string) {
  const changed = await request.patch(
    `${CLUSTER}/apis/serving.kserve.io/v1alpha2/namespaces/llm-demo/llminferenceservices/${name}`,
    {
      headers: {
        authorization: 'Bearer sandbox-token',
        'content-type': 'application/merge-patch+json',
      },
      data: JSON.stringify({ spec: { prefill: { replicas: 2 } } }),
    },
  );
  expect(changed.ok(), await changed.text()).toBe(true);
}

test('a merged service that is kept out says why, and one that is changed by hand says where', async ({
  page,
  request,
  shoot,
}) => {
  test.setTimeout(420_000);
  const name = `drift-${Date.now().toString(36)}`;
  const folder = `services/${name}`;
  const api = await portalApi(request);
  const status = async () => {
    const answer = await api.get(
      `llm-inference/v1/entities/component/default/${name}/status`,
    );
    return (await answer.json()).services?.[0];
  };
  const allow = await denyServices(request, 'gpu-east', WORDS);
  try {
    await test.step('merge it while a policy refuses it', async () => {
      for (const [path, text] of filesOf(name)) {
        await commitFile(request, `${folder}/${path}`, text);
      }
      const entity = `catalog/entities/by-name/component/default/${name}`;
      await expect
        .poll(async () => (await api.get(entity)).status(), {
          timeout: 120_000,
        })
        .toBe(200);
      await expect
        .poll(async () => (await status())?.health.verdict, {
          timeout: 120_000,
        })
        .toBe('Missing');
    });

    await test.step('its page quotes the policy', async () => {
      await page.goto(`/catalog/default/component/${name}`);
      await expect(page.getByText(WORDS).first()).toBeVisible();
      await shoot('kept out by a policy');
    });

    await test.step('it comes once the policy lets it', async () => {
      await allow();
      await expect
        .poll(async () => (await status())?.drift?.state, { timeout: 120_000 })
        .toBe('InSync');
    });

    await test.step('a change by hand is shown with its path', async () => {
      await scale(request, name);
      await expect
        .poll(async () => (await status())?.drift?.differences, {
          timeout: 120_000,
        })
        .toEqual([
          {
            path: 'spec.prefill.replicas',
            change: 'Changed',
            desired: '1',
            live: '2',
          },
        ]);
      await page.goto('/llm-inference?text='.concat(name));
      await expect(
        page.getByRole('row', { name: new RegExp(name) }),
      ).toContainText('Differs from Git');
      await shoot('the fleet says so too');
    });
  } finally {
    await allow();
    for (const [path] of filesOf(name).reverse()) {
      await deleteFile(request, `${folder}/${path}`);
    }
  }
});
