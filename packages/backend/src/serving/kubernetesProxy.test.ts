import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { createSandbox, SANDBOX_TOKEN } from 'sandbox';
import type { Sandbox } from 'sandbox';
import { eventually } from './__testUtils__/eventually';
import { KubernetesAdmin } from './__testUtils__/KubernetesAdmin';
import { startServingPortal } from './__testUtils__/ServingPortal';
import type { ServingPortal } from './__testUtils__/ServingPortal';

describe('a cluster that only the Kubernetes plugin can reach', () => {
  let sandbox: Sandbox;
  let east: KubernetesAdmin;
  let kubernetes: ChildProcess;
  let portal: ServingPortal;

  beforeAll(async () => {
    sandbox = await createSandbox({ speed: 200 });
    const { url } = sandbox.api.cluster('gpu-east');
    east = new KubernetesAdmin({ url });
    kubernetes = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, '__testUtils__/kubernetesPlugin.ts'),
        url,
        SANDBOX_TOKEN,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const [said] = await once(kubernetes.stdout!, 'data');
    const kubernetesUrl = /^ready (\S+)/.exec(String(said))?.[1] ?? '';
    portal = await startServingPortal({
      clusters: [{ name: 'gpu-east', url, authProvider: 'aws' }],
      features: [
        createServiceFactory({
          service: coreServices.discovery,
          deps: {},
          factory: () => ({
            getBaseUrl: async () => kubernetesUrl,
            getExternalBaseUrl: async () => kubernetesUrl,
          }),
        }),
      ],
    });
  });

  afterAll(async () => {
    await portal.stop();
    const ended = once(kubernetes, 'exit');
    kubernetes.stdin!.end();
    await ended;
    await sandbox.close();
  });

  const shown = () =>
    eventually(
      async () => [await east.pods(), await portal.pods('gpu-east')],
      ([there, seen]) =>
        Object.keys(there).length > 0 &&
        JSON.stringify(Object.entries(there).sort()) ===
          JSON.stringify(Object.entries(seen).sort()),
    );

  async function replaceAPod() {
    const [pod] = await east.list(
      '/api/v1/namespaces/llm-demo/pods?labelSelector=app.kubernetes.io/component=llminferenceservice-workload',
    );
    await east.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: pod.metadata,
    });
    await eventually(
      async () => JSON.stringify(await portal.pods('gpu-east')),
      pods => !pods.includes(pod.metadata.name),
    );
  }

  it('is watched through its proxy, change by change', async () => {
    await shown();
    expect(await portal.cluster('gpu-east')).toMatchObject({ state: 'Live' });
    await replaceAPod();
    await shown();
    const { gpus } = await portal.client.getCapabilities('gpu-east');
    expect(gpus.length).toBeGreaterThan(0);
  });

  it('is right again after it was away', async () => {
    const cluster = sandbox.api.cluster('gpu-east');
    await cluster.setFaults({ connection: 'refused' });
    await eventually(
      async () => (await portal.cluster('gpu-east'))?.state,
      state => state === 'Stale',
    );
    await cluster.setFaults({});
    await eventually(
      async () => (await portal.cluster('gpu-east'))?.state,
      state => state === 'Live',
    );
    await replaceAPod();
    await shown();
    expect(await portal.cluster('gpu-east')).toMatchObject({ state: 'Live' });
  });
});
