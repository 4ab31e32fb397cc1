import { type APIRequestContext, expect } from '@playwright/test';

const github = `http://localhost:${process.env.SANDBOX_GITHUB_PORT ?? '7101'}`;
const headers = { Authorization: 'token sandbox-token' };

/**
 * Commits a change of a service's manifest to the GitOps repository, as somebody who merges without a look; the
 * returned function commits what was there before, where that is no longer so.
 */
export async function commitManifest(
  request: APIRequestContext,
  service: string,
  edit: (manifest: string) => string,
) {
  const url = `${github}/repos/platform/llm-gitops/contents/services/${service}/base/llm-inference-service.yaml`;
  const read = async () => {
    const answer = await request.get(url, { headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { content, sha } = await answer.json();
    return { text: Buffer.from(content, 'base64').toString('utf8'), sha };
  };
  const write = async (text: string, sha: string) => {
    const written = await request.put(url, {
      headers,
      data: {
        message: `Change ${service}`,
        content: Buffer.from(text).toString('base64'),
        branch: 'main',
        sha,
      },
    });
    expect(written.ok(), await written.text()).toBe(true);
  };
  const before = await read();
  const after = edit(before.text);
  expect(after, 'the edit changes the manifest').not.toBe(before.text);
  await write(after, before.sha);
  return async () => {
    const now = await read();
    if (now.text === after) await write(before.text, now.sha);
  };
}
