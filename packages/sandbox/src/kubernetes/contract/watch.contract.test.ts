import { JsonRecord } from '../../cluster/json';
import { configMap, useApiUnderTest } from '../testing/apiUnderTest';

const api = useApiUnderTest();
const path = () => api.core('configmaps');

async function versionNow(): Promise<string> {
  const { body } = await api.client.get(path(), { limit: '1' });
  return String((body.metadata as JsonRecord).resourceVersion);
}

const shape = ({ type, object }: { type: string; object: JsonRecord }) => [
  type,
  (object.metadata as JsonRecord).name,
];

describe('watch', () => {
  it('tells of everything after a version, in order', async () => {
    const resourceVersion = await versionNow();
    await api.client.post(path(), configMap('told'));
    await api.client.patch(`${path()}/told`, 'merge', { data: { a: '1' } });
    await api.client.delete(`${path()}/told`);
    const events = await api.client.firstEvents(3, path(), {
      resourceVersion,
      fieldSelector: 'metadata.name=told',
    });
    expect(events.map(shape)).toEqual([
      ['ADDED', 'told'],
      ['MODIFIED', 'told'],
      ['DELETED', 'told'],
    ]);
    const versions = events.map(({ object }) =>
      Number((object.metadata as JsonRecord).resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('starts with what is there where no version is given', async () => {
    await api.client.post(path(), configMap('there'));
    const events = await api.client.firstEvents(1, path(), {
      fieldSelector: 'metadata.name=there',
    });
    expect(events.map(shape)).toEqual([['ADDED', 'there']]);
  });

  it('shows objects that start or stop to match as added or deleted', async () => {
    const resourceVersion = await versionNow();
    const label = (show: string | null) =>
      api.client.patch(`${path()}/moving`, 'merge', {
        metadata: { labels: { show } },
      });
    await api.client.post(path(), configMap('moving'));
    await label('yes');
    await api.client.patch(`${path()}/moving`, 'merge', { data: { a: '1' } });
    await label(null);
    const events = await api.client.firstEvents(3, path(), {
      resourceVersion,
      labelSelector: 'show=yes',
    });
    expect(events.map(shape)).toEqual([
      ['ADDED', 'moving'],
      ['MODIFIED', 'moving'],
      ['DELETED', 'moving'],
    ]);
  });

  it('ends after timeoutSeconds, with a bookmark where they are allowed', async () => {
    const resourceVersion = await versionNow();
    const types: string[] = [];
    for await (const { type, object } of api.client.watch(path(), {
      resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: '3',
    })) {
      types.push(type);
      expect(object).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
      });
    }
    expect(types).toContain('BOOKMARK');
    expect(types.filter(type => type !== 'BOOKMARK')).toEqual([]);
  });

  it('sends initial events and says where they end', async () => {
    await api.client.post(path(), configMap('initial'));
    const types: string[] = [];
    for await (const event of api.client.watch(path(), {
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
      fieldSelector: 'metadata.name=initial',
    })) {
      types.push(event.type);
      const { annotations } = event.object.metadata as JsonRecord;
      if ((annotations as JsonRecord)?.['k8s.io/initial-events-end']) {
        break;
      }
    }
    expect(types).toEqual(['ADDED', 'BOOKMARK']);
  });

  it('of one object tells of that object only', async () => {
    const resourceVersion = await versionNow();
    await api.client.post(path(), configMap('aside'));
    await api.client.post(path(), configMap('watched'));
    const events = await api.client.firstEvents(1, path(), {
      resourceVersion,
      fieldSelector: 'metadata.name=watched',
    });
    expect(events.map(shape)).toEqual([['ADDED', 'watched']]);
  });

  it('comes as tables where that is asked for', async () => {
    const events: JsonRecord[] = [];
    for await (const { object } of api.client.watch(
      path(),
      { fieldSelector: 'metadata.name=there' },
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    )) {
      events.push(object);
      break;
    }
    expect(events[0]).toMatchObject({
      kind: 'Table',
      rows: [{ cells: expect.arrayContaining(['there']) }],
    });
  });
});
