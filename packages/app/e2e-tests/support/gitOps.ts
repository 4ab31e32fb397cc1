import { type APIRequestContext, expect } from '@playwright/test';

const github = `http://localhost:${process.env.SANDBOX_GITHUB_PORT ?? '7101'}`;
const headers = { Authorization: 'token sandbox-token' };

/** Commits a change of a service's manifest to the GitOps repository, as somebody who merges without a look. */
export async function commitManifest(
  request: APIRequestContext,
  service: string,
  edit: (manifest: string) => string,
) {
  const url = `${github}/repos/platform/llm-gitops/contents/services/${service}/base/llm-inference-service.yaml`;
  const read = await request.get(url, { headers });
  expect(read.ok(), await read.text()).toBe(true);
  const { content, sha } = await read.json();
  const before = Buffer.from(content, 'base64').toString('utf8');
  const after = edit(before);
  expect(after, 'the edit changes the manifest').not.toBe(before);
  const written = await request.put(url, {
    headers,
    data: {
      message: `Change ${service}`,
      content: Buffer.from(after).toString('base64'),
      branch: 'main',
      sha,
    },
  });
  expect(written.ok(), await written.text()).toBe(true);
}
