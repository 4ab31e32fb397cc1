import { expect, test } from '@playwright/test';
import { portalApi } from './support/portalApi';

/** One that a catalog file describes, and one that only its cluster has; either by the name of its model. */
const SERVICES: [model: string, entity: string][] = [
  ['Qwen2.5-7B-Instruct', '/catalog/default/component/qwen2-7b-chat'],
  ['phi-4', '/catalog/default/component/phi4-eval.llm-demo.gpu-east'],
];

test('search finds services by the name of their model', async ({
  request,
}) => {
  test.setTimeout(360_000);
  const api = await portalApi(request);
  for (const [model, entity] of SERVICES) {
    const found = async () => {
      const answer = await api.get(
        `search/query?types[0]=software-catalog&pageLimit=100&term=${encodeURIComponent(
          model,
        )}`,
      );
      const { results } = (await answer.json()) as {
        results?: { document: { location: string } }[];
      };
      return results?.map(({ document }) => document.location) ?? [];
    };
    // What is new is indexed once a minute.
    await expect.poll(found, { timeout: 150_000 }).toContain(entity);
  }
});
