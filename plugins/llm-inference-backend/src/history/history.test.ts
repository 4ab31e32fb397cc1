import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { assessService } from 'backstage-plugin-llm-inference-common';
import type {
  ServingHealth,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { eventually } from '../__testUtils__/eventually';
import { llmService } from '../__testUtils__/objects';
import { startPostgres, startSqlite } from '../__testUtils__/databases';
import type { TestDatabase } from '../__testUtils__/databases';
import { ServiceBoard } from '../assess/ServiceBoard';
import { HistoryDatabase } from './HistoryDatabase';
import { History } from './History';
import { ReadyTimes } from './ReadyTimes';
import { Recorder } from './Recorder';
import type { RecorderOptions } from './Recorder';

const QWEN = { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' };
const MIGRATIONS = join(__dirname, '../../migrations');
const START = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

function health(verdict: Verdict): ServingHealth {
  const empty = assessService({
    now: '2026-11-22T10:00:00Z',
    service: QWEN,
    objects: [],
  });
  return { ...empty, verdict, causes: [], summary: `is ${verdict}` };
}

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('history in %s', (name, startDatabase) => {
  let server: TestDatabase;
  let database: Awaited<ReturnType<TestDatabase['create']>>;
  let now: number;
  const running: Recorder[] = [];

  beforeAll(async () => {
    server = await startDatabase();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    now = START;
    database = await server.create();
    // Replicas start at the same time; a file has only one.
    const replicas = name === 'SQLite' ? 1 : 3;
    await Promise.all(
      Array.from({ length: replicas }, () => HistoryDatabase.open(database)),
    );
  });
  afterEach(async () => {
    for (const recorder of running.splice(0)) await recorder.stop();
  });

  /** One replica of the backend, as far as history sees it. */
  function replica(options: Partial<RecorderOptions> = {}) {
    const board = new ServiceBoard();
    const cluster = { live: true };
    const recorder = new Recorder({
      board,
      fleet: {
        statuses: () =>
          cluster.live
            ? [
                {
                  name: 'gpu-east',
                  state: 'Live',
                  since: '2026-11-22T10:00:00Z',
                  resources: {},
                },
              ]
            : [],
        looksAt: () => cluster.live,
      },
      clock: { now: () => now, sleep: async () => {}, random: () => 0.5 },
      logger: mockServices.logger.mock(),
      open: () => HistoryDatabase.open(database),
      retentionMs: 30 * 24 * 60 * MINUTE,
      timings: { beatMs: 20, leaseMs: 20_000, forgetMs: 0 },
      ...options,
    });
    recorder.start();
    running.push(recorder);
    return {
      recorder,
      board,
      cluster,
      becomes: (verdict: Verdict) => board.put(QWEN, health(verdict), {}),
    };
  }

  const transitions = async (): Promise<string[]> => {
    const rows = await database.knex('transitions').orderBy('id');
    return rows.map(
      ({ previous_verdict, verdict }) => `${previous_verdict}>${verdict}`,
    );
  };
  const transitionsBecome = (...wanted: string[]) =>
    eventually(
      transitions,
      seen => JSON.stringify(seen) === JSON.stringify(wanted),
    );

  it('records each transition once, however many replicas see it', async () => {
    const replicas = [replica(), replica(), replica()];
    for (const verdict of ['Healthy', 'Degraded', 'Healthy'] as const) {
      for (const { becomes } of replicas) becomes(verdict);
      await delay(60);
    }
    const recorded = await transitionsBecome(
      'null>Healthy',
      'Healthy>Degraded',
      'Degraded>Healthy',
    );
    expect(recorded).toHaveLength(3);
  });

  it('goes on in another replica, which writes what nobody wrote', async () => {
    const first = replica();
    first.becomes('Healthy');
    await transitionsBecome('null>Healthy');
    const second = replica();
    second.becomes('Healthy');
    await delay(60);
    await first.recorder.stop();
    running.splice(running.indexOf(first.recorder), 1);
    second.becomes('Unavailable');
    expect(
      await transitionsBecome('null>Healthy', 'Healthy>Unavailable'),
    ).toHaveLength(2);
  });

  it('invents no transition after a restart, and finds what went meanwhile', async () => {
    const first = replica();
    first.becomes('Healthy');
    await transitionsBecome('null>Healthy');
    await first.recorder.stop();
    running.splice(0);

    const second = replica();
    second.becomes('Healthy');
    await delay(100);
    expect(await transitions()).toEqual(['null>Healthy']);
    await second.recorder.stop();
    running.splice(0);

    replica();
    await transitionsBecome('null>Healthy', 'Healthy>Missing');
  });

  it('takes a service that can no longer be seen for neither missing nor observed', async () => {
    const { becomes, board, cluster } = replica();
    becomes('Healthy');
    await transitionsBecome('null>Healthy');
    cluster.live = false;
    board.remove(QWEN);
    await delay(80);
    expect(await transitions()).toEqual(['null>Healthy']);
  });

  it('keeps transitions with their own times while the database is away', async () => {
    let away = false;
    const { becomes } = replica({
      open: async () => {
        const open = await HistoryDatabase.open(database);
        const lease = open.lease.bind(open);
        open.lease = async (...how) => {
          if (away) throw new Error('connection refused');
          return await lease(...how);
        };
        return open;
      },
    });
    becomes('Healthy');
    await transitionsBecome('null>Healthy');
    away = true;
    now = START + 10_000;
    becomes('Unavailable');
    now = START + 40_000;
    becomes('Healthy');
    await delay(60);
    now = START + MINUTE;
    away = false;
    await transitionsBecome(
      'null>Healthy',
      'Healthy>Unavailable',
      'Unavailable>Healthy',
    );
    const times = await database.knex('transitions').orderBy('id').pluck('at');
    expect(times.map(Number)).toEqual([START, START + 10_000, START + 40_000]);
  });

  it('does not wait for a replica whose clock ran ahead and is gone', async () => {
    const open = await HistoryDatabase.open(database);
    await open.lease('gone', START + 7 * 60 * MINUTE, 20_000);
    replica().becomes('Healthy');
    expect(await transitionsBecome('null>Healthy')).toHaveLength(1);
  });

  it('ends although the database never answers', async () => {
    const { recorder } = replica({
      open: async () => {
        const open = await HistoryDatabase.open(database);
        open.lease = () => new Promise(() => {});
        return open;
      },
    });
    await delay(60);
    await expect(recorder.stop()).resolves.toBeUndefined();
  });

  it('remembers across a restart when each part was last ready', async () => {
    const open = await HistoryDatabase.open(database);
    const restored: string[] = [];
    const backend = () => new ReadyTimes(service => restored.push(service));
    const seen = (minute: number, ready: number): ServingHealth => {
      const assessed = health('Healthy');
      return {
        ...assessed,
        observedAt: new Date(START + minute * MINUTE).toISOString(),
        pools: { decode: { ...assessed.pools.decode!, ready } },
      };
    };
    const known = async (created = START) => {
      const times = backend();
      await times.restore(open);
      const resource = llmService('qwen');
      resource.metadata!.creationTimestamp = new Date(created).toISOString();
      const { history: found } = times.observe({
        now: new Date(now).toISOString(),
        service: QWEN,
        objects: [resource],
        history: { kvBaseline: undefined },
      });
      return found?.decodeReadyAt;
    };
    const first = backend();
    first.assessed(seen(0, 1));
    await first.save(open);
    first.assessed(seen(2, 1));
    await first.save(open);
    expect(await known()).toBe('2026-11-22T10:00:00.000Z');
    first.assessed(seen(3, 0));
    await first.save(open);
    expect(await known()).toBe('2026-11-22T10:02:00.000Z');
    expect(restored).toEqual(['gpu-east/llm/qwen', 'gpu-east/llm/qwen']);
    // Who has the name later learns nothing of the one before.
    expect(await known(START + 3 * MINUTE)).toBeUndefined();

    first.gone(QWEN);
    await open.forget(now);
    expect(await known()).toBeUndefined();
  });

  it('draws a timeline in which unobserved time is neither good nor bad', async () => {
    const { becomes, cluster, recorder } = replica();
    const observedNow = () =>
      eventually(
        async () =>
          Number(
            (await database.knex('observed').max('until as last').first())
              ?.last,
          ),
        last => last === now,
      );
    const watchedFor = async (minutes: number) => {
      for (let i = 0; i < minutes * 2; i += 1) {
        now += MINUTE / 2;
        await observedNow();
      }
    };
    becomes('Healthy');
    await transitionsBecome('null>Healthy');
    await watchedFor(3);
    cluster.live = false;
    await delay(60);
    now += 10 * MINUTE;
    becomes('Unavailable');
    cluster.live = true;
    await observedNow();
    await watchedFor(1);

    const history = new History(() => recorder.database);
    const timeline = await history.timeline(
      { service: QWEN },
      START - MINUTE,
      now,
    );
    expect(
      timeline.segments.map(({ verdict, from, until }) => [
        verdict,
        (Date.parse(until) - Date.parse(from)) / MINUTE,
      ]),
    ).toEqual([
      [undefined, 1],
      ['Healthy', 3],
      [undefined, 10],
      ['Unavailable', 1],
    ]);
    expect(timeline.availability).toEqual({
      seconds: { Healthy: 180, Unavailable: 60 },
      unobservedSeconds: 660,
      ratio: 3 / 4,
    });
  });

  it('tells whoever has a name now nothing of who had it before', async () => {
    const [mine, theirs] = ['mine', 'theirs'].map(
      whose => `component:default/${whose}`,
    );
    const { board, recorder } = replica();
    // Less than a gap in what is observed, also where a beat is skipped.
    const STEP = MINUTE / 3;
    board.put(QWEN, health('Unavailable'), { claimedEntity: theirs });
    await transitionsBecome('null>Unavailable');
    now += STEP;
    board.remove(QWEN);
    const gone = ['null>Unavailable', 'Unavailable>Missing'];
    await transitionsBecome(...gone);
    now += STEP;
    // Git has it, and nobody can tell that another had it.
    board.putMissing(
      QWEN,
      health('Missing'),
      { claimedEntity: mine },
      { state: 'NotDeployed', differences: [], total: 0, entityRef: mine },
    );
    await transitionsBecome(...gone, 'null>Missing');
    now += STEP;
    board.put(QWEN, health('Healthy'), { claimedEntity: mine });
    await transitionsBecome(...gone, 'null>Missing', 'Missing>Healthy');

    await eventually(
      async () => {
        const last = await database.knex('observed').max('until as at').first();
        return Number(last?.at);
      },
      last => last === now,
    );

    const history = new History(() => recorder.database);
    const told = async (claimedEntity: string, from: number) => {
      const service = { service: QWEN, claimedEntity };
      const timeline = await history.timeline(service, from, now);
      return [
        timeline.segments.map(({ verdict }) => verdict),
        timeline.transitions.map(({ verdict }) => verdict),
      ];
    };
    expect(await told(mine, START)).toEqual([
      [undefined, 'Missing'],
      ['Missing', 'Healthy'],
    ]);
    // Nor how it stood when a window begins.
    expect(await told(mine, START + STEP / 2)).toEqual([
      [undefined, 'Missing'],
      ['Missing', 'Healthy'],
    ]);
    expect(await told(theirs, START)).toEqual([
      ['Unavailable', 'Missing'],
      ['Unavailable', 'Missing'],
    ]);
  });

  it('keeps apart what an entity misses and what others do under the same name', async () => {
    const [mine, theirs] = ['mine', 'theirs'].map(
      whose => `component:default/${whose}`,
    );
    const { board, recorder } = replica();
    const rowsOf = async (entity: string) => {
      const rows = await database
        .knex('transitions')
        .where({ entity })
        .orderBy('id');
      return rows.map(row => `${row.previous_verdict}>${row.verdict}`);
    };
    const rowsBecome = (entity: string, ...wanted: string[]) =>
      eventually(
        () => rowsOf(entity),
        rows => JSON.stringify(rows) === JSON.stringify(wanted),
      );
    board.putMissing(
      QWEN,
      health('Missing'),
      { claimedEntity: mine },
      { state: 'NotDeployed', differences: [], total: 0, entityRef: mine },
    );
    await rowsBecome(mine, 'null>Missing');
    board.put(QWEN, health('Healthy'), { claimedEntity: theirs });
    await rowsBecome(theirs, 'null>Healthy');
    board.remove(QWEN);
    board.put(QWEN, health('Degraded'), { claimedEntity: theirs });
    await rowsBecome(
      theirs,
      'null>Healthy',
      'Healthy>Missing',
      'Missing>Degraded',
    );
    expect(await rowsOf(mine)).toEqual(['null>Missing']);

    // A replica that takes over finds both as they are.
    await recorder.stop();
    running.splice(running.indexOf(recorder), 1);
    now += MINUTE;
    const next = replica();
    next.board.putMissing(
      QWEN,
      health('Missing'),
      { claimedEntity: mine },
      { state: 'NotDeployed', differences: [], total: 0, entityRef: mine },
    );
    // It was given away meanwhile, to the one who missed it.
    next.board.put(QWEN, health('Healthy'), { claimedEntity: mine });
    await rowsBecome(mine, 'null>Missing', 'Missing>Healthy');
    await rowsBecome(
      theirs,
      'null>Healthy',
      'Healthy>Missing',
      'Missing>Degraded',
      'Degraded>Missing',
    );
    next.board.put(QWEN, health('Healthy'), { claimedEntity: theirs });
    await rowsBecome(
      mine,
      'null>Missing',
      'Missing>Healthy',
      'Healthy>Missing',
    );
  });

  it('takes over what was known before each entity had a past of its own', async () => {
    await database.knex.migrate.down({ directory: MIGRATIONS });
    const row = { verdict: 'Unavailable', since: START, root_cause: null };
    await database.knex('services').insert([
      { ...row, service: 'gpu-east/llm/old', entity: null, notified: null },
      {
        ...row,
        service: 'gpu-east/llm/qwen',
        entity: 'component:default/qwen',
        notified: 'Unavailable',
      },
    ]);
    const opened = await HistoryDatabase.open(database);
    const known = await opened.known();
    expect(
      known.map(({ service, entity, notified }) => [service, entity, notified]),
    ).toEqual([
      ['gpu-east/llm/old', null, undefined],
      ['gpu-east/llm/qwen', 'component:default/qwen', 'Unavailable'],
    ]);
    await database.knex.migrate.down({ directory: MIGRATIONS });
    const back = await database.knex('services').orderBy('service');
    expect(back.map(({ service, entity }) => [service, entity])).toEqual([
      ['gpu-east/llm/old', null],
      ['gpu-east/llm/qwen', 'component:default/qwen'],
    ]);
  });

  it('goes on with what was written before it was noted whose a service is', async () => {
    const open = await HistoryDatabase.open(database);
    await open.record([
      {
        service: 'gpu-east/llm/qwen',
        at: now,
        verdict: 'Healthy',
        summary: 'is Healthy',
        entity: null,
      },
    ]);
    now += MINUTE;
    const { board, recorder } = replica();
    const claimedEntity = 'component:default/qwen';
    board.put(QWEN, health('Healthy'), { claimedEntity });
    await eventually(
      () => recorder.database,
      opened => opened !== undefined,
    );
    board.put(QWEN, health('Degraded'), { claimedEntity });
    await transitionsBecome('null>Healthy', 'Healthy>Degraded');
    const history = new History(() => recorder.database);
    const { transitions: told } = await history.timeline(
      { service: QWEN, claimedEntity },
      START,
      now,
    );
    expect(told.map(({ verdict }) => verdict)).toEqual(['Healthy', 'Degraded']);
  });

  it('forgets what is older than the retention', async () => {
    const { becomes } = replica({ retentionMs: 60 * MINUTE });
    becomes('Healthy');
    await transitionsBecome('null>Healthy');
    now += 61 * MINUTE;
    await transitionsBecome();
    expect(await database.knex('services').pluck('verdict')).toEqual([
      'Healthy',
    ]);
  });

  it('forgets nothing because the clock was set forward for a while', async () => {
    // Several beats fit into it, on a busy machine too.
    const FORGET_MS = 3_000;
    const beats: number[] = [];
    const { becomes } = replica({
      retentionMs: 60 * MINUTE,
      timings: { beatMs: 20, leaseMs: 20_000, forgetMs: FORGET_MS },
      onRecorded: async () => {
        beats.push(now);
      },
    });
    becomes('Healthy');
    await transitionsBecome('null>Healthy');
    now += 61 * MINUTE;
    await eventually(
      () => beats.filter(at => at === now).length,
      count => count >= 3,
    );
    expect(await transitions()).toEqual(['null>Healthy']);
    now -= 61 * MINUTE;
    await delay(FORGET_MS * 1.5);
    expect(await transitions()).toEqual(['null>Healthy']);
    // Once it has run on for long enough, it is believed.
    now += 61 * MINUTE;
    await transitionsBecome();
  });
});
