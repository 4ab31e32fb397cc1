import { KubeObject } from '../../cluster/ClusterStore';
import { useCluster } from '../testing/sandbox';
import { ContainerRef, LogLine, PodProxyRequest } from './PodSources';

const lines: LogLine[] = ['one', 'two', 'three'].map((text, index) => ({
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)),
  text,
}));
const listeners = new Set<(line: LogLine) => void>();
const proxied: PodProxyRequest[] = [];

const test = useCluster({
  logs: {
    test: {
      read: ({ container }: ContainerRef, run) =>
        run === 'previous'
          ? [{ at: lines[0].at, text: `${container} before` }]
          : lines,
      follow: (_ref, listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  },
  proxies: {
    test: async request => {
      proxied.push(request);
      return request.port === '8001'
        ? {
            status: 200,
            headers: { 'content-type': 'text/plain' },
            body: 'metrics',
          }
        : undefined;
    },
  },
});

const pod = (name: string, status: object, spec: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { nodeName: 'n', containers: [{ name: 'main' }], ...spec },
  status: { phase: 'Running', podIP: '10.0.0.1', ...status },
});

const running = { name: 'main', state: { running: {} } };
const log = (name: string, query: Record<string, string> = {}) =>
  test.client.get(`/api/v1/namespaces/default/pods/${name}/log`, query);

beforeAll(() => {
  test.store.create('pods', pod('one', { containerStatuses: [running] }));
  test.store.create(
    'pods',
    pod(
      'two',
      {
        containerStatuses: [
          { name: 'main', state: { waiting: { reason: 'PodInitializing' } } },
        ],
      },
      { initContainers: [{ name: 'side' }] },
    ),
  );
  test.store.create(
    'pods',
    pod('crashed', {
      containerStatuses: [
        {
          name: 'main',
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1 } },
        },
      ],
    }),
  );
});

describe('pods/log', () => {
  it.each([
    [{}, 'one\ntwo\nthree\n'],
    [{ tailLines: '1' }, 'three\n'],
    [{ tailLines: '0' }, ''],
    [{ sinceTime: '2026-01-01T00:00:01Z' }, 'two\nthree\n'],
    [{ limitBytes: '5' }, 'one\nt'],
    [
      { tailLines: '1', timestamps: 'true' },
      '2026-01-01T00:00:02.000000000Z three\n',
    ],
  ])('%j', async (query: Record<string, string>, expected) => {
    const { status, headers, text } = await log('one', query);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain');
    expect(text).toBe(expected);
  });

  it('reads the run before a crash', async () => {
    expect((await log('crashed', { previous: 'true' })).text).toBe(
      'main before\n',
    );
    const { status, body } = await log('one', { previous: 'true' });
    expect(status).toBe(400);
    expect(body.message).toBe(
      'previous terminated container "main" in pod "one" not found',
    );
  });

  it('wants to know which container, and that it ran', async () => {
    expect((await log('two')).body.message).toBe(
      'a container name must be specified for pod two, choose one of: [main] or one of the init containers: [side]',
    );
    expect((await log('two', { container: 'other' })).body.message).toBe(
      'container other is not valid for pod two',
    );
    expect((await log('two', { container: 'main' })).body.message).toBe(
      'container "main" in pod "two" is waiting to start: PodInitializing',
    );
  });

  it('follows until the pod is gone', async () => {
    test.store.create(
      'pods',
      pod('followed', { containerStatuses: [running] }),
    );
    const following = log('followed', { follow: 'true', tailLines: '1' });
    while (listeners.size === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    listeners.forEach(listener => listener({ at: new Date(), text: 'four' }));
    test.store.delete('pods', 'followed', 'default', { gracePeriodSeconds: 0 });
    expect((await following).text).toBe('three\nfour\n');
    expect(listeners.size).toBe(0);
  });
});

describe('pods/proxy', () => {
  const proxy = (target: string) =>
    test.client.request(
      'GET',
      `/api/v1/namespaces/default/pods/${target}/proxy/metrics?format=text`,
      { headers: { authorization: 'Bearer secret', 'x-kept': 'yes' } },
    );

  it('passes a request on, without the credentials of the caller', async () => {
    const { status, text } = await proxy('one:8001');
    expect(status).toBe(200);
    expect(text).toBe('metrics');
    expect(proxied[0]).toMatchObject({
      port: '8001',
      method: 'GET',
      path: '/metrics?format=text',
      headers: { 'x-kept': 'yes' },
    });
    expect(proxied[0].headers).not.toHaveProperty('authorization');
  });

  it('is 503 where nothing listens, and 404 where there is no pod', async () => {
    const refused = await proxy('http:one:9999');
    expect(refused.status).toBe(503);
    expect(refused.body.message).toContain('connection refused');
    expect((await proxy('absent:8001')).status).toBe(404);
  });
});
