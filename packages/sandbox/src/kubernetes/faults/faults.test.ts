import { parse } from 'yaml';
import { parseClusterFaults } from './ClusterFaults';
import { configMap } from '../testing/apiUnderTest';
import { PD_SERVICE } from '../testing/pdService';
import { useCluster } from '../testing/sandbox';

const test = useCluster();
const path = '/api/v1/namespaces/default/configmaps';

afterEach(() => test.cluster.setFaults({}));

const list = () => test.client.get(path);

/** What ends a watch, and what it brought until then. */
async function outcomeOf(
  query: Record<string, string>,
): Promise<{ types: string[]; ended: 'normally' | 'broken' }> {
  const types: string[] = [];
  try {
    for await (const { type } of test.client.watch(path, query)) {
      types.push(type);
    }
    return { types, ended: 'normally' };
  } catch {
    return { types, ended: 'broken' };
  }
}

describe('faults of a cluster', () => {
  it.each([
    [401, 'Unauthorized', 'Unauthorized'],
    [
      403,
      'Forbidden',
      'configmaps is forbidden: User "system:admin" cannot list resource "configmaps" in API group "" in the namespace "default"',
    ],
    [429, 'TooManyRequests', 'Too many requests, please try again later.'],
    [
      500,
      'InternalError',
      'Internal error occurred: etcdserver: request timed out',
    ],
  ] as const)('answers with %d, and heals', async (status, reason, message) => {
    await test.cluster.setFaults({ status, retryAfterSeconds: 7 });
    const answer = await list();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ kind: 'Status', reason, message });
    expect(answer.headers['retry-after']).toBe(
      status === 429 ? '7' : undefined,
    );
    await test.cluster.setFaults({});
    expect((await list()).status).toBe(200);
  });

  it('can be limited to some resources', async () => {
    await test.cluster.setFaults({ status: 403, resources: ['pods'] });
    expect((await list()).status).toBe(200);
    expect((await test.client.get('/api/v1/pods')).status).toBe(403);
  });

  it('can let a policy refuse services, and nothing else', async () => {
    await test.cluster.setFaults({ denyServices: 'no more than 4 GPUs' });
    const services =
      '/apis/serving.kserve.io/v1alpha2/namespaces/default/llminferenceservices';
    const refused = await test.client.post(services, parse(PD_SERVICE));
    expect(refused).toMatchObject({
      status: 403,
      body: {
        message:
          'admission webhook "policy.platform.example.com" denied the request: no more than 4 GPUs',
      },
    });
    expect((await test.client.get(services)).status).toBe(200);
    const created = await test.client.post(path, configMap('allowed'));
    expect(created.status).toBe(201);
  });

  it('cuts open watches', async () => {
    await test.cluster.setFaults({ dropWatchesEveryMs: 20 });
    expect(await outcomeOf({})).toMatchObject({ ended: 'broken' });
  });

  it('expires versions with an event, or with the answer itself', async () => {
    const { body } = await list();
    const { resourceVersion } = body.metadata as { resourceVersion: string };
    await test.cluster.setFaults({ expiredVersions: 'event' });
    const events = await test.client.firstEvents(1, path, { resourceVersion });
    expect(events).toMatchObject([
      {
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired' },
      },
    ]);
    await test.cluster.setFaults({ expiredVersions: 'status' });
    const { status } = await test.client.get(path, {
      watch: 'true',
      resourceVersion,
    });
    expect(status).toBe(410);
  });

  it('refuses connections, and listens on the same port again', async () => {
    await test.cluster.setFaults({ connection: 'refused' });
    await expect(test.as('new').get(path)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    await test.cluster.setFaults({});
    expect((await list()).status).toBe(200);
  });

  it('never answers while it hangs', async () => {
    await test.cluster.setFaults({ connection: 'hung' });
    const answered = jest.fn();
    const request = list().then(answered, error => error);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(answered).not.toHaveBeenCalled();
    await test.cluster.setFaults({});
    expect(await request).toBeInstanceOf(Error);
    expect((await list()).status).toBe(200);
  });

  it('leaves watches open and silent when half open', async () => {
    const events: string[] = [];
    const watch = (async () => {
      for await (const { type } of test.client.watch(path, {
        fieldSelector: 'metadata.name=unheard',
      })) {
        events.push(type);
      }
    })().catch((error: unknown) => error);
    await list();
    await test.cluster.setFaults({ connection: 'half-open' });
    await test.client.post(path, configMap('unheard'));
    expect((await list()).status).toBe(200);
    expect(events).toEqual([]);
    await test.cluster.setFaults({});
    expect(await watch).toBeInstanceOf(Error);
  });

  it('does not serve a kind, and serves it later', async () => {
    const path2 = '/apis/serving.kserve.io/v1alpha2/llminferenceservices';
    const resource = 'llminferenceservices.serving.kserve.io';
    await test.cluster.setFaults({ notServed: [resource] });
    expect((await test.client.get(path2)).status).toBe(404);
    expect((await list()).status).toBe(200);
    await test.cluster.setFaults({});
    expect((await test.client.get(path2)).status).toBe(200);
  });

  it('brings what is no object, in lists and in watches', async () => {
    await test.cluster.setFaults({ malformed: 'objects' });
    const { body } = await list();
    expect(body.items).toEqual(expect.arrayContaining([7, null, ['a']]));
    const events = await test.client.firstEvents(1, path, {});
    expect(events).toMatchObject([{ type: 'ADDED' }]);
  });

  it('tears lines of watches', async () => {
    await test.cluster.setFaults({ malformed: 'lines' });
    const { body } = await list();
    const { resourceVersion } = body.metadata as { resourceVersion: string };
    await expect(
      test.client.firstEvents(1, path, { resourceVersion }),
    ).rejects.toThrow(SyntaxError);
  });

  it('lets answers take longer', async () => {
    const answered: string[] = [];
    await test.cluster.setFaults({ latencyMs: 2_000, resources: ['nodes'] });
    const slow = test.client.get('/api/v1/nodes').then(({ status }) => {
      answered.push(`nodes ${status}`);
    });
    const fast = list().then(() => answered.push('others'));
    await Promise.all([slow, fast]);
    expect(answered).toEqual(['others', 'nodes 200']);
  });
});

describe('parseClusterFaults', () => {
  it('takes what is there', () => {
    const faults = { status: 429, retryAfterSeconds: 3, resources: ['pods'] };
    expect(parseClusterFaults(faults)).toEqual(faults);
  });

  it.each([
    [{ status: 418 }, 'status is 418; it may be 401, 403, 429, 500'],
    [{ latencyMs: -1 }, 'latencyMs is -1; it must be a number above 0'],
    [
      { connection: 'slow' },
      'connection is "slow"; it may be refused, hung, half-open',
    ],
    [{ resources: 'pods' }, 'resources is "pods"; it must be a list of names'],
    [{ notServed: [1] }, 'notServed is [1]; it must be a list of names'],
    [{ fire: true }, 'fire is not a fault of a cluster'],
    ['all', 'Faults of a cluster must be an object'],
  ])('refuses %j', (given, message) => {
    expect(() => parseClusterFaults(given)).toThrow(message);
  });
});
