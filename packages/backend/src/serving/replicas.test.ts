import { setTimeout as delay } from 'node:timers/promises';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { notificationService } from '@backstage/plugin-notifications-node';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import { createSandbox, SANDBOX_TOKEN } from 'sandbox';
import type { Sandbox } from 'sandbox';
import { eventually } from './__testUtils__/eventually';
import { startPostgres } from './__testUtils__/PostgresServer';
import type { PostgresServer } from './__testUtils__/PostgresServer';
import {
  SHORT_INTERVALS,
  startServingPortal,
} from './__testUtils__/ServingPortal';
import type { ServingPortal } from './__testUtils__/ServingPortal';

const QWEN = {
  cluster: 'gpu-east',
  namespace: 'llm-demo',
  name: 'qwen2-7b-chat',
};
const KEY = 'gpu-east/llm-demo/qwen2-7b-chat';

const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: QWEN.name,
    namespace: 'default',
    annotations: {
      'serving.kserve.io/llm-inference-service': `llm-demo/${QWEN.name}`,
    },
  },
  spec: { type: 'model-server' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/ml-platform' }],
};

/** A row of the table of transitions. */
interface Row {
  at: string;
  previous_verdict: string | null;
  verdict: string;
  root_cause: string | null;
}

describe('two replicas of the backend on one PostgreSQL database', () => {
  let postgres: PostgresServer;
  let sandbox: Sandbox;
  let first: ServingPortal;
  let second: ServingPortal;
  let knex: Knex;
  const told: Array<[severity: string | undefined, title: string]> = [];

  beforeAll(async () => {
    [postgres, sandbox] = await Promise.all([
      startPostgres(),
      createSandbox({ speed: 200 }),
    ]);
    first = await startReplica();
    second = await startReplica();
    knex = knexFactory({
      client: 'pg',
      connection: {
        ...postgres.connection,
        database: 'backstage_plugin_llm-inference',
      },
    });
    await verdictBecomes('Healthy');
    await eventually(
      () => knex.schema.hasTable('lease'),
      exists => exists,
    );
  });

  afterAll(async () => {
    await knex.destroy();
    await Promise.all([first.stop(), second.stop()]);
    await sandbox.close();
    await postgres.stop();
  });

  async function startReplica() {
    return await startServingPortal({
      clusters: [
        {
          name: QWEN.cluster,
          url: sandbox.api.cluster(QWEN.cluster).url,
          authProvider: 'serviceAccount',
          serviceAccountToken: SANDBOX_TOKEN,
        },
      ],
      entities: [ENTITY],
      config: {
        backend: {
          database: { client: 'pg', connection: postgres.connection },
        },
      },
      llmInference: {
        watch: SHORT_INTERVALS,
        notifications: { debounceSeconds: 2 },
      },
      features: [
        databaseServiceFactory,
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async ({ payload }) => {
              told.push([payload.severity, payload.title]);
            },
          }),
        }),
      ],
    });
  }

  const play = (method: 'POST' | 'DELETE') =>
    fetch(
      `${sandbox.control.url}/clusters/${QWEN.cluster}/services/${QWEN.namespace}/${QWEN.name}/faults/decode-unavailable`,
      { method },
    );

  async function verdictBecomes(verdict: string, replicas = [first, second]) {
    for (const { client } of replicas) {
      await eventually(
        async () => (await client.getService(QWEN)).health.verdict,
        shown => shown === verdict,
      );
    }
  }

  const rows = async (): Promise<Row[]> =>
    await knex('transitions').where({ service: KEY }).orderBy('id');

  /** Each row goes on where the one before it ended, and changes something. */
  function expectOnce(recorded: Row[]) {
    for (const [index, { previous_verdict, ...row }] of recorded.entries()) {
      const before = recorded[index - 1];
      expect(previous_verdict).toBe(before?.verdict ?? null);
      expect([row.verdict, row.root_cause]).not.toEqual([
        before?.verdict,
        before?.root_cause,
      ]);
    }
  }

  const recordedBecomes = (verdict: string) =>
    eventually(rows, recorded => recorded.at(-1)?.verdict === verdict);

  it('serve both, record each transition once, and tell the owner once', async () => {
    await recordedBecomes('Healthy');
    expect((await play('POST')).status).toBe(201);
    await verdictBecomes('Unavailable');
    await eventually(
      () => told.length,
      count => count === 1,
    );
    await play('DELETE');
    await verdictBecomes('Healthy');
    await eventually(
      () => told.length,
      count => count === 2,
    );
    const recorded = await recordedBecomes('Healthy');
    expectOnce(recorded);
    expect(recorded.map(({ verdict }) => verdict)).toContain('Unavailable');
    expect(told).toEqual([
      ['critical', `${QWEN.name} cannot answer requests`],
      ['normal', `${QWEN.name} answers requests again`],
    ]);
    const timelines = await Promise.all(
      [first, second].map(({ client }) => client.getTimeline(QWEN)),
    );
    expect(timelines[1].transitions).toEqual(timelines[0].transitions);
  });

  it('lose nothing while the database is away for a minute', async () => {
    const before = (await rows()).length;
    const toldBefore = told.length;
    await postgres.takeAway();
    // Longer than the lease lasts, than a pool waits for a connection, and than any retry: nothing shorter tells.
    const minute = delay(60_000);
    await play('POST');
    await verdictBecomes('Unavailable');
    await expect(first.client.getTimeline(QWEN)).rejects.toMatchObject({
      status: 503,
    });
    await play('DELETE');
    await verdictBecomes('Healthy');
    await minute;
    // All the time what is now is served, and the history is refused and not invented.
    await verdictBecomes('Healthy');
    await expect(second.client.getTimeline(QWEN)).rejects.toMatchObject({
      status: 503,
    });
    const backAt = Date.now();
    await postgres.bringBack();
    const recorded = await eventually(
      rows,
      all => all.length > before && all.at(-1)?.verdict === 'Healthy',
    );
    expectOnce(recorded);
    const missed = recorded.slice(before);
    expect(missed.map(({ verdict }) => verdict)).toContain('Unavailable');
    for (const { at } of missed) expect(Number(at)).toBeLessThan(backAt);
    // The other replica has waited with the same transitions: once it has had its turn, nothing is there twice.
    for (const { client } of [first, second]) {
      await eventually(
        () => client.getTimeline(QWEN),
        ({ transitions }) => transitions.length === recorded.length,
      );
    }
    await delay(5_000);
    expect(await rows()).toEqual(recorded);
    expect(told).toHaveLength(toldBefore);
    // More than a minute of it is waiting.
  }, 300_000);

  it('go on where one ends, and end although the database is away', async () => {
    const { holder } = await knex('lease').first();
    await first.stop();
    await eventually(
      () => knex('lease').first(),
      lease => lease !== undefined,
    );
    await play('POST');
    await verdictBecomes('Unavailable', [second]);
    expectOnce(await recordedBecomes('Unavailable'));
    const now = await knex('lease').first();
    expect(Number(now.expires)).toBeGreaterThan(Date.now());
    expect([holder, now.holder]).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
    await postgres.takeAway();
    await second.stop();
    await postgres.bringBack();
  });
});
