import type { Entity } from '@backstage/catalog-model';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import {
  Clusters,
  eventually,
  facts,
  startCatalog,
} from './__testUtils__/startCatalog';
import { startPostgres } from './__testUtils__/startPostgres';

jest.setTimeout(120_000);

const EAST = 'component:qwen.llm.gpu-east';
const WEST = 'component:qwen.llm.gpu-west';

function fileComponent(
  name: string,
  annotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': 'url:https://git.example.com/a',
        'backstage.io/managed-by-origin-location':
          'url:https://git.example.com/a',
        ...annotations,
      },
    },
    spec: { type: 'model-server', owner: 'a', lifecycle: 'production' },
  };
}

async function startServer() {
  const server = await startPostgres();
  let used = 0;
  return {
    // What one test leaves behind would be catalog files to the next.
    renew: () => server.create(`catalog_${++used}`),
    connect: () => server.connect(`catalog_${used}`) as Knex | undefined,
    stop: () => server.stop(),
  };
}

describe.each([
  [
    'SQLite',
    async () => ({
      renew: async () => undefined,
      connect: (): Knex | undefined => undefined,
      stop: async () => undefined,
    }),
  ],
  ['PostgreSQL', startServer],
])('services of clusters in a catalog on %s', (_name, startDatabase) => {
  let database: Awaited<ReturnType<typeof startServer>>;
  let clusters: Clusters;
  const cleanups: Array<() => Promise<unknown>> = [];

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(async () => {
    await database?.stop();
  });
  beforeEach(async () => {
    await database.renew();
    clusters = new Clusters();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function start() {
    const knex = database.connect();
    if (knex) cleanups.push(() => knex.destroy());
    const catalog = await startCatalog(clusters, { database: knex });
    cleanups.push(() => catalog.stop());
    return catalog;
  }

  it('are a component, its API and a model that services share', async () => {
    clusters.put(
      facts('gpu-east', 'qwen', {
        annotations: { 'example.com/owner': 'search-team' },
      }),
      facts('gpu-west', 'qwen', { stopped: true, labels: { team: 'chat' } }),
    );
    const catalog = await start();
    const entities = await eventually(
      () => catalog.entities(),
      all =>
        Boolean(all[EAST]?.relations?.length && all[WEST]?.relations?.length),
    );
    expect(Object.keys(entities).sort()).toEqual([
      'api:qwen.llm.gpu-east',
      'api:qwen.llm.gpu-west',
      EAST,
      WEST,
      'resource:qwen.qwen2.5-7b-instruct',
    ]);
    expect(entities[EAST]).toMatchObject({
      metadata: {
        title: 'qwen',
        annotations: {
          'serving.kserve.io/llm-inference-service': 'llm/qwen',
          'backstage.io/kubernetes-cluster': 'gpu-east',
          'backstage.io/managed-by-origin-location':
            'llm-inference:gpu-east/llm/qwen',
        },
      },
      spec: { type: 'model-server', owner: 'group:default/search-team' },
    });
    expect(entities[EAST].relations).toEqual(
      expect.arrayContaining([
        { type: 'providesApi', targetRef: 'api:default/qwen.llm.gpu-east' },
        {
          type: 'dependsOn',
          targetRef: 'resource:default/qwen.qwen2.5-7b-instruct',
        },
        { type: 'ownedBy', targetRef: 'group:default/search-team' },
      ]),
    );
    expect(entities[WEST].spec?.owner).toBe('group:default/chat');
    expect(entities['api:qwen.llm.gpu-east'].spec?.definition).toContain(
      'url: http://gpu-east.example.com/llm/qwen',
    );
    const model = await eventually(
      async () =>
        (
          await catalog.entities()
        )['resource:qwen.qwen2.5-7b-instruct'],
      resource => resource.relations?.length === 3,
    );
    expect(model).toMatchObject({
      metadata: {
        title: 'Qwen/Qwen2.5-7B-Instruct',
        annotations: { 'llm-inference.backstage.io/weights-gib': '14.2' },
        links: [{ url: 'https://huggingface.co/Qwen/Qwen2.5-7B-Instruct' }],
      },
      spec: { type: 'ai-model', owner: 'group:default/ml-platform' },
    });
  });

  it('come, change and go by events, without a round', async () => {
    const catalog = await start();
    await eventually(
      async () => {
        await catalog.tell({ changed: [facts('gpu-east', 'live')] });
        return await catalog.entities();
      },
      all => Boolean(all['component:live.llm.gpu-east']),
    );
    await catalog.tell({
      changed: [
        facts('gpu-east', 'live', {
          annotations: { 'llm-inference.backstage.io/title': 'Chat' },
        }),
      ],
    });
    await eventually(
      () => catalog.entities(),
      all => all['component:live.llm.gpu-east'].metadata.title === 'Chat',
    );
    await catalog.tell({
      removed: [{ cluster: 'gpu-east', namespace: 'llm', name: 'live' }],
    });
    const left = await eventually(
      () => catalog.entities(),
      all =>
        !all['component:live.llm.gpu-east'] && !all['api:live.llm.gpu-east'],
    );
    expect(Object.keys(left)).toEqual(['resource:qwen.qwen2.5-7b-instruct']);
  });

  it('stay while their cluster cannot be read, and go once it says that they are gone', async () => {
    clusters.put(facts('gpu-east', 'qwen'), facts('gpu-west', 'qwen'));
    const catalog = await start();
    await eventually(
      () => catalog.entities(),
      all => Boolean(all[EAST] && all[WEST]),
    );
    clusters.clusters = [
      { name: 'gpu-east', complete: false },
      { name: 'gpu-west', complete: true },
    ];
    clusters.services.clear();
    await catalog.round();
    const left = await eventually(
      () => catalog.entities(),
      all => !all[WEST],
    );
    expect(left[EAST]).toBeDefined();
    clusters.clusters = [{ name: 'gpu-east', complete: true }];
    await eventually(
      async () => {
        await catalog.round();
        return await catalog.entities();
      },
      all => Object.keys(all).length === 0,
    );
  });

  it('are not doubled where a catalog file describes them, and give way to one that comes later', async () => {
    clusters.put(
      facts('gpu-east', 'by-ref', {
        claimedEntity: 'component:default/by-ref',
      }),
      facts('gpu-east', 'by-name'),
      facts('gpu-west', 'by-name'),
      facts('gpu-east', 'later', { claimedEntity: 'component:default/later' }),
    );
    const catalog = await start();
    const described = [
      fileComponent('by-ref', {}),
      fileComponent('other', {
        'serving.kserve.io/llm-inference-service': 'llm/by-name',
        'backstage.io/kubernetes-cluster': 'gpu-east',
      }),
    ];
    await catalog.file(...described);
    const names = async () =>
      Object.keys(await catalog.entities())
        .filter(ref => ref.startsWith('component:'))
        .sort();
    await eventually(
      async () => {
        await catalog.round();
        return await names();
      },
      refs =>
        refs.join() ===
        'component:by-name.llm.gpu-west,component:by-ref,component:later.llm.gpu-east,component:other',
    );
    await catalog.file(...described, fileComponent('later', {}));
    const refsInTheEnd = await eventually(
      async () => {
        await catalog.round();
        return await names();
      },
      refs =>
        refs.join() ===
        'component:by-name.llm.gpu-west,component:by-ref,component:later,component:other',
    );
    expect(refsInTheEnd).not.toContain('component:later.llm.gpu-east');
  });

  it('are led to from the model that they serve, also where a file describes them', async () => {
    clusters.put(
      facts('gpu-east', 'by-file', {
        claimedEntity: 'component:default/by-file',
      }),
      facts('gpu-west', 'free'),
    );
    const catalog = await start();
    await catalog.file(fileComponent('by-file', {}));
    const model = await eventually(
      async () => {
        await catalog.round();
        const all = await catalog.entities();
        return all['resource:qwen.qwen2.5-7b-instruct'];
      },
      resource =>
        resource?.relations?.some(
          ({ targetRef }) => targetRef === 'component:default/by-file',
        ) === true,
    );
    expect(
      model.relations
        ?.filter(({ type }) => type === 'dependencyOf')
        .map(({ targetRef }) => targetRef)
        .sort(),
    ).toEqual([
      'component:default/by-file',
      'component:default/free.llm.gpu-west',
    ]);
    await catalog.tell({ changed: [facts('gpu-west', 'free')] });
    const after = (await catalog.entities())[
      'resource:qwen.qwen2.5-7b-instruct'
    ];
    expect(after.spec?.dependencyOf).toEqual(['component:default/by-file']);
  });

  it('give way to the one entity of a file that says it is their model, and join several', async () => {
    const claimed = (name: string) =>
      facts('gpu-east', name, { claimedEntity: `component:default/${name}` });
    clusters.put(claimed('by-file'), facts('gpu-west', 'free'));
    const component = fileComponent('by-file', {});
    component.spec!.dependsOn = ['resource:chat-model'];
    const model = {
      ...fileComponent('chat-model', {
        'llm-inference.backstage.io/model':
          'hf://qwen/Qwen2.5-7B-Instruct:main',
      }),
      kind: 'Resource',
      spec: { type: 'ai-model', owner: 'a' },
    };
    const catalog = await start();
    await catalog.file(component, model);
    const targets = async () => {
      await catalog.round();
      const all = await catalog.entities();
      return {
        models: Object.keys(all).filter(ref => ref.startsWith('resource:')),
        free: all['component:free.llm.gpu-west']?.relations
          ?.filter(({ type }) => type === 'dependsOn')
          .map(({ targetRef }) => targetRef),
      };
    };
    await eventually(
      targets,
      ({ models, free }) =>
        models.join() === 'resource:chat-model' &&
        free?.join() === 'resource:default/chat-model',
    );
    await catalog.tell({ changed: [facts('gpu-west', 'free')] });
    expect(Object.keys(await catalog.entities())).not.toContain(
      'resource:qwen.qwen2.5-7b-instruct',
    );

    // It need not say so where the file's service depends on it.
    const { annotations, ...unsaid } = model.metadata;
    await catalog.file(component, {
      ...model,
      metadata: {
        ...unsaid,
        annotations: {
          ...annotations,
          'llm-inference.backstage.io/model': 'pvc://elsewhere',
        },
      },
    });
    await catalog.round();
    expect((await targets()).models).toEqual(['resource:chat-model']);

    // A second service of a file that does not lead to that entity: only ours leads to both.
    clusters.put(claimed('second'));
    await catalog.file(component, model, fileComponent('second', {}));
    const joined = await eventually(
      async () => {
        await catalog.round();
        return (await catalog.entities())['resource:qwen.qwen2.5-7b-instruct'];
      },
      resource => resource?.relations?.length === 4,
    );
    expect(joined.relations?.map(({ targetRef }) => targetRef).sort()).toEqual([
      'component:default/by-file',
      'component:default/free.llm.gpu-west',
      'component:default/second',
      'group:default/ml-platform',
    ]);
  });

  it('stay where a backend comes back while a cluster is down', async () => {
    const knex =
      database.connect() ??
      knexFactory({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
    cleanups.push(() => knex.destroy());
    clusters.put(facts('gpu-east', 'qwen'), facts('gpu-west', 'qwen'));
    const before = await startCatalog(clusters, { database: knex });
    await eventually(
      () => before.entities(),
      all => Boolean(all[EAST] && all[WEST]),
    );
    await before.stop();

    clusters.services.clear();
    clusters.clusters = [
      { name: 'gpu-east', complete: false },
      { name: 'gpu-west', complete: false },
    ];
    // As long as not even the configured clusters are known, nothing of any is gone.
    clusters.complete = false;
    const after = await startCatalog(clusters, { database: knex });
    cleanups.push(() => after.stop());
    const added = facts('gpu-east', 'added');
    await eventually(
      async () => {
        await after.tell({ changed: [added] });
        return await after.entities();
      },
      all => Boolean(all['component:added.llm.gpu-east']),
    );
    await after.round();
    clusters.put(added);
    clusters.complete = true;
    clusters.clusters = [
      { name: 'gpu-east', complete: false },
      { name: 'gpu-west', complete: true },
    ];
    const left = await eventually(
      async () => {
        await after.round();
        return await after.entities();
      },
      all => !all[WEST],
    );
    expect(Object.keys(left)).toEqual(
      expect.arrayContaining([EAST, 'component:added.llm.gpu-east']),
    );
  });

  it('live beside those of the Red Hat connector, whose names come first', async () => {
    const theirs = (kind: string, name: string, spec: object): Entity =>
      ({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name },
        spec: { owner: 'user:default/rhdh', lifecycle: 'production', ...spec },
      } as Entity);
    clusters.put(facts('gpu-east', 'qwen'), facts('gpu-east', 'taken'));
    const catalog = await start();
    const connected = [
      theirs('Component', 'qwen', { type: 'model-server' }),
      theirs('Resource', 'qwen2.5-7b-instruct', {
        type: 'ai-model',
        dependencyOf: ['component:qwen'],
      }),
    ];
    await catalog.connect(...connected);
    const both = await eventually(
      async () => {
        await catalog.round();
        return await catalog.entities();
      },
      all =>
        Boolean(
          all[EAST] &&
            all['component:qwen'] &&
            all['resource:qwen2.5-7b-instruct'] &&
            all['resource:qwen.qwen2.5-7b-instruct'],
        ),
    );
    expect(both['component:qwen'].spec?.owner).toBe('user:default/rhdh');

    // The very name of ours, should another provider ever use it: whoever came first keeps it, and nothing breaks.
    await catalog.connect(
      ...connected,
      theirs('Component', 'taken.llm.gpu-east', { type: 'other' }),
    );
    await catalog.round();
    const kept = await catalog.entities();
    expect(kept['component:taken.llm.gpu-east'].spec?.type).toBe(
      'model-server',
    );
    expect(kept[EAST]).toBeDefined();
  });

  it('wait by event for the entity that they name, whose file may be on its way', async () => {
    const catalog = await start();
    await eventually(
      async () => {
        await catalog.tell({
          changed: [
            facts('gpu-east', 'named', {
              claimedEntity: 'component:default/named',
            }),
            facts('gpu-east', 'free'),
          ],
        });
        return await catalog.entities();
      },
      all => Boolean(all['component:free.llm.gpu-east']),
    );
    expect(await catalog.entities()).not.toHaveProperty([
      'component:named.llm.gpu-east',
    ]);
  });
});

describe('two backends on one PostgreSQL', () => {
  it('agree on the same entities, whichever hears of a change', async () => {
    const server = await startPostgres();
    const clusters = new Clusters();
    clusters.put(facts('gpu-east', 'qwen'), facts('gpu-west', 'qwen'));
    const connections = [server.connect(), server.connect()];
    const first = await startCatalog(clusters, { database: connections[0] });
    const second = await startCatalog(clusters, { database: connections[1] });
    try {
      const added = facts('gpu-east', 'granite');
      clusters.put(added);
      await Promise.all([
        first.tell({ changed: [added] }),
        second.tell({ changed: [added] }),
      ]);
      for (const replica of [first, second]) {
        const all = await eventually(
          () => replica.entities(),
          // The catalog takes them in one after the other, in any order.
          entities => Object.keys(entities).length >= 7,
        );
        expect(Object.keys(all)).toHaveLength(7);
        expect(all).toHaveProperty(['component:granite.llm.gpu-east']);
      }
    } finally {
      await first.stop();
      await second.stop();
      for (const connection of connections) await connection.destroy();
      await server.stop();
    }
  });
});
