import { configMap } from '../testing/apiUnderTest';
import { useCluster } from '../testing/sandbox';

const test = useCluster();
const path = '/api/v1/namespaces/default/configmaps';

interface ListMetadata {
  resourceVersion: string;
  continue?: string;
}

const firstPage = async () =>
  (await test.client.get(path, { limit: '1' })).body.metadata as ListMetadata;

beforeAll(async () => {
  for (const name of ['a', 'b', 'c']) {
    await test.client.post(path, configMap(name));
  }
});

describe('after versions expired', () => {
  it('a list cannot be continued, but gives a token for the rest as it is now', async () => {
    const { continue: token = '' } = await firstPage();
    test.cluster.expireVersions();
    const refused = await test.client.get(path, {
      limit: '1',
      continue: token,
    });
    expect(refused.status).toBe(410);
    expect(refused.body).toMatchObject({
      reason: 'Expired',
      message: expect.stringContaining(
        'The provided continue parameter is too old to display a consistent list result.',
      ),
    });
    const rest = await test.client.get(path, {
      continue: (refused.body.metadata as ListMetadata).continue ?? '',
    });
    expect(rest.body.items).toMatchObject([
      { metadata: { name: 'b' } },
      { metadata: { name: 'c' } },
    ]);
  });

  it('a watch from an older version brings an error event and ends', async () => {
    const { resourceVersion } = await firstPage();
    await test.client.patch(`${path}/a`, 'merge', { data: { x: '1' } });
    test.cluster.expireVersions();
    const events = [];
    for await (const event of test.client.watch(path, { resourceVersion })) {
      events.push(event);
    }
    expect(events).toEqual([
      {
        type: 'ERROR',
        object: expect.objectContaining({
          code: 410,
          reason: 'Expired',
          message: `too old resource version: ${resourceVersion} (${test.store.oldestVersion(
            'configmaps',
          )})`,
        }),
      },
    ]);
  });

  it('an exact version is gone', async () => {
    const { resourceVersion } = await firstPage();
    await test.client.patch(`${path}/a`, 'merge', { data: { x: '2' } });
    test.cluster.expireVersions();
    const { status } = await test.client.get(path, {
      resourceVersion,
      resourceVersionMatch: 'Exact',
    });
    expect(status).toBe(410);
  });
});
