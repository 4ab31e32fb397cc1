import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readLlmInferenceConfig } from '../config/LlmInferenceConfig';
import { clusterSuppliers } from './clusterSuppliers';
import { configuredClusters } from './configuredClusters';
import { CredentialCache } from './credentials';
import { kubeconfigCredential } from './kubeconfig';

const EAST = {
  name: 'gpu-east',
  title: 'GPU East',
  url: 'https://east.example:6443',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'east-token',
};

function configOf(clusters: JsonObject[], llmInference: JsonObject = {}) {
  return new ConfigReader({
    kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
    llmInference,
  });
}

async function tokenOf(cluster: object | undefined) {
  if (!cluster || !('credential' in cluster)) return undefined;
  const { credential } = cluster as {
    credential: { read(): Promise<{ type: string; token?: string }> };
  };
  return (await credential.read()).token;
}

describe('clusters of the Kubernetes configuration', () => {
  it('reads clusters with a service account', async () => {
    const authorities = Buffer.from('-----BEGIN CERTIFICATE-----').toString(
      'base64',
    );
    const [cluster] = configuredClusters(
      configOf([{ ...EAST, caData: authorities, skipTLSVerify: false }]),
    );
    expect(cluster).toMatchObject({
      name: 'gpu-east',
      title: 'GPU East',
      url: 'https://east.example:6443',
      ca: '-----BEGIN CERTIFICATE-----',
      skipTLSVerify: false,
    });
    expect(await tokenOf(cluster)).toBe('east-token');
  });

  it('says by name which auth provider cannot be used, and what can', () => {
    expect(
      configuredClusters(
        configOf([{ ...EAST, name: 'dev', authProvider: 'oidc' }]),
      ),
    ).toEqual([
      {
        name: 'dev',
        title: 'GPU East',
        unsupported: expect.stringMatching(/'oidc'.*llmInference\.credentials/),
      },
    ]);
  });

  it('sends no credential over plain http, except on this machine', () => {
    const [far, near] = configuredClusters(
      configOf([
        { ...EAST, url: 'http://east.example' },
        { ...EAST, name: 'local', url: 'http://127.0.0.1:7102' },
      ]),
    );
    expect(far).toHaveProperty('unsupported', expect.stringContaining('https'));
    expect(near).toHaveProperty('url', 'http://127.0.0.1:7102');
  });

  it('takes a token file or a kubeconfig for a cluster of any provider', async () => {
    const directory = createMockDirectory({ content: { token: 'one' } });
    const [cluster] = configuredClusters(
      configOf([{ ...EAST, authProvider: 'oidc' }], {
        credentials: [
          { cluster: 'gpu-east', tokenFile: directory.resolve('token') },
        ],
      }),
    );
    expect(await tokenOf(cluster)).toBe('one');
  });

  it.each([
    [{ credentials: [{ cluster: 'a' }] }, 'llmInference.credentials[0]'],
    [
      { credentials: [{ cluster: 'a', tokenFile: 'x', kubeconfig: 'y' }] },
      'not both',
    ],
  ])('refuses %j', (llmInference, words) => {
    expect(() => configuredClusters(configOf([EAST], llmInference))).toThrow(
      words,
    );
  });

  it('names key and value of a url that is none', () => {
    expect(() =>
      configuredClusters(configOf([{ ...EAST, url: 'east' }])),
    ).toThrow(
      /kubernetes\.clusterLocatorMethods\[0\]\.clusters\[0\]\.url is 'east'/,
    );
  });

  it('reaches clusters of a cloud provider through the Kubernetes plugin', async () => {
    const [supplier] = clusterSuppliers({
      config: mockServices.rootConfig({
        data: {
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [{ ...EAST, authProvider: 'aws' }],
              },
            ],
          },
        },
      }),
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
    });
    const [cluster] = await supplier.getClusters();
    expect(cluster).toMatchObject({
      url: expect.stringMatching(/\/api\/kubernetes\/proxy$/),
      headers: { 'Backstage-Kubernetes-Cluster': 'gpu-east' },
    });
    expect(await tokenOf(cluster)).toEqual(expect.any(String));
  });

  it('asks the Kubernetes plugin for the clusters of the catalog', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          items: [
            { name: 'eks', authProvider: 'aws' },
            { name: 'dev', authProvider: 'oidc' },
          ],
        }),
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const suppliers = clusterSuppliers({
      config: mockServices.rootConfig({
        data: {
          kubernetes: { clusterLocatorMethods: [{ type: 'catalog' }] },
        },
      }),
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => `http://127.0.0.1:${port}/api/kubernetes`,
      }),
    });
    const clusters = await suppliers[1].getClusters();
    server.close();
    expect(clusters).toEqual([
      expect.objectContaining({
        name: 'eks',
        url: `http://127.0.0.1:${port}/api/kubernetes/proxy`,
      }),
      { name: 'dev', unsupported: expect.stringContaining("'oidc'") },
    ]);
  });
});

describe('kubeconfig', () => {
  const kubeconfig = (token: string) => `
apiVersion: v1
kind: Config
current-context: one
clusters: [{ name: c, cluster: { server: https://c.example } }]
users:
  - { name: u, user: { token: ${token} } }
  - { name: nobody, user: {} }
contexts:
  - { name: one, context: { cluster: c, user: u } }
  - { name: two, context: { cluster: c, user: nobody } }
`;
  const directory = createMockDirectory();

  it('is read anew each time', async () => {
    directory.setContent({ config: kubeconfig('first') });
    const source = kubeconfigCredential(directory.resolve('config'));
    expect(await source.read()).toMatchObject({ token: 'first' });
    directory.setContent({ config: kubeconfig('second') });
    expect(await source.read()).toMatchObject({ token: 'second' });
  });

  it('says which context is missing or has no credential', async () => {
    directory.setContent({ config: kubeconfig('first') });
    const file = directory.resolve('config');
    await expect(kubeconfigCredential(file, 'three').read()).rejects.toThrow(
      "no context 'three'",
    );
    await expect(kubeconfigCredential(file, 'two').read()).rejects.toThrow(
      'neither a token nor a client certificate',
    );
  });
});

describe('a kept credential', () => {
  it('is read again when it has expired or was refused, and once for all who ask', async () => {
    let now = 0;
    let reads = 0;
    const cache = new CredentialCache(
      {
        read: async () => {
          reads += 1;
          return { type: 'bearer', token: `t${reads}`, expiresAt: now + 10 };
        },
      },
      () => now,
    );
    const [first, second] = await Promise.all([cache.get(), cache.get()]);
    expect(first).toBe(second);
    now = 10;
    expect(await cache.get()).toMatchObject({ token: 't2' });
    cache.reject(first);
    expect(await cache.get()).toMatchObject({ token: 't2' });
    cache.reject(await cache.get());
    expect(await cache.get()).toMatchObject({ token: 't3' });
  });

  /** A cache of credentials that live for so long, and how often one was read. */
  function cacheOf(livesMs: number) {
    const clock = { now: 1_000_000_000, reads: 0 };
    const cache = new CredentialCache(
      {
        read: async () => {
          clock.reads += 1;
          const expiresAt = clock.now + livesMs;
          return { type: 'bearer', token: `t${clock.reads}`, expiresAt };
        },
      },
      () => clock.now,
    );
    return { cache, clock };
  }

  it.each([
    ['an hour', 3_600_000, 10_000],
    ['two seconds', 2_000, 200],
  ])('that lives for %s is read again before it ends', async (_, lives, by) => {
    const { cache, clock } = cacheOf(lives);
    await cache.get();
    clock.now += lives - by - 1;
    await cache.get();
    expect(clock.reads).toBe(1);
    clock.now += 1;
    await cache.get();
    expect(clock.reads).toBe(2);
  });

  it('is read again after the clock was set back: when it ends was told by the wrong one', async () => {
    const { cache, clock } = cacheOf(3_600_000);
    await cache.get();
    clock.now -= 7 * 3_600_000;
    expect(await cache.get()).toMatchObject({ token: 't2' });
    clock.now += 60_000;
    expect(await cache.get()).toMatchObject({ token: 't2' });
  });
});

describe('settings', () => {
  it.each([
    [
      { entityBinding: 'trust' },
      "llmInference.entityBinding is \"trust\", but it must be 'verified' or 'annotation'",
    ],
    [
      { watch: { reprobeSeconds: 0 } },
      'llmInference.watch.reprobeSeconds is 0, but it must be at least 1 second',
    ],
    [
      { namespaces: ['Bad_Name'] },
      'llmInference.namespaces.0 is "Bad_Name", but it is not the name of a namespace',
    ],
    [
      { history: { retentionDays: 'x' } },
      'llmInference.history.retentionDays is "x", but it must be a number of days',
    ],
  ])('names key, value and fix of %j', (llmInference, words) => {
    expect(() =>
      readLlmInferenceConfig(new ConfigReader({ llmInference })),
    ).toThrow(words);
  });

  it('has defaults for everything', () => {
    expect(readLlmInferenceConfig(new ConfigReader({}))).toMatchObject({
      entityBinding: 'verified',
      logs: { enabled: false },
      history: { retentionDays: 30 },
    });
  });
});
