import { type APIRequestContext, expect } from '@playwright/test';

const control = `http://127.0.0.1:${
  process.env.SANDBOX_CONTROL_PORT ?? '7100'
}`;

/** A service of the sandbox, as the control endpoint addresses it. */
export interface SandboxService {
  cluster: string;
  namespace: string;
  name: string;
}

/** Plays a fault on a service; the returned function ends it. */
export async function playFault(
  request: APIRequestContext,
  { cluster, namespace, name }: SandboxService,
  fault: string,
) {
  const url = `${control}/clusters/${cluster}/services/${namespace}/${name}/faults/${fault}`;
  const played = await request.post(url);
  expect(played.ok(), await played.text()).toBe(true);
  return async () => {
    const ended = await request.delete(url);
    expect(ended.ok(), await ended.text()).toBe(true);
  };
}

/** Cuts the API of a cluster off; the returned function brings it back. */
export async function cutOff(request: APIRequestContext, cluster: string) {
  const url = `${control}/clusters/${cluster}/api-faults`;
  const cut = await request.put(url, { data: { connection: 'refused' } });
  expect(cut.ok(), await cut.text()).toBe(true);
  return async () => {
    const back = await request.delete(url);
    expect(back.ok(), await back.text()).toBe(true);
  };
}

/** Turns the traffic of a service; the returned function makes it ordinary again. */
export async function setTraffic(
  request: APIRequestContext,
  { cluster, namespace, name }: SandboxService,
  traffic: object,
) {
  const url = `${control}/clusters/${cluster}/services/${namespace}/${name}/traffic`;
  const turn = async (data: object) => {
    const turned = await request.put(url, { data });
    expect(turned.ok(), await turned.text()).toBe(true);
  };
  await turn(traffic);
  return () => turn({});
}

/** Lets a policy of a cluster refuse services; the returned function ends it and asks for a sync. */
export async function denyServices(
  request: APIRequestContext,
  cluster: string,
  words: string,
) {
  const url = `${control}/clusters/${cluster}/api-faults`;
  const denied = await request.put(url, { data: { denyServices: words } });
  expect(denied.ok(), await denied.text()).toBe(true);
  return async () => {
    const back = await request.delete(url);
    expect(back.ok(), await back.text()).toBe(true);
    await request.post(`${control}/gitops/sync`);
  };
}

const contents = `http://localhost:${
  process.env.SANDBOX_GITHUB_PORT ?? '7101'
}/repos/platform/llm-gitops/contents`;
const headers = { authorization: 'token sandbox-token' };

/** Puts a file on the main branch of the GitOps repository. */
export async function commitFile(
  request: APIRequestContext,
  path: string,
  text: string,
) {
  const committed = await request.put(`${contents}/${path}`, {
    headers,
    data: {
      message: `Add ${path}`,
      content: Buffer.from(text).toString('base64'),
      branch: 'main',
    },
  });
  expect(committed.ok(), await committed.text()).toBe(true);
}

/** Takes a file off the main branch of the GitOps repository, where it is there. */
export async function deleteFile(request: APIRequestContext, path: string) {
  const found = await request.get(`${contents}/${path}`, { headers });
  if (!found.ok()) return;
  const { sha } = await found.json();
  await request.delete(`${contents}/${path}`, {
    headers,
    data: { message: `Remove ${path}`, sha, branch: 'main' },
  });
}
