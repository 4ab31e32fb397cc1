import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { assessService } from 'backstage-plugin-llm-inference-common';
import type { Verdict } from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { startSqlite } from '../__testUtils__/databases';
import type { TestDatabase } from '../__testUtils__/databases';
import { ServiceBoard } from '../assess/ServiceBoard';
import { HistoryDatabase } from '../history/HistoryDatabase';
import { Notifier } from './Notifier';

const QWEN = { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' };
const SECOND = 1_000;

describe('word to the owner', () => {
  let server: TestDatabase;
  let database: HistoryDatabase;
  let now: number;
  let sent: Array<{ to: unknown; title: string; severity?: string }>;
  let notifiers: Notifier[];
  const board = new ServiceBoard();

  beforeEach(async () => {
    server = await startSqlite();
    database = await HistoryDatabase.open(await server.create());
    now = Date.parse('2026-11-22T10:00:00Z');
    sent = [];
    const notifications: NotificationService = {
      send: async ({ recipients, payload }) => {
        sent.push({
          to: recipients,
          title: payload.title,
          severity: payload.severity,
        });
      },
    };
    const replica = () =>
      new Notifier({
        auth: mockServices.auth(),
        board,
        catalog: catalogServiceMock({
          entities: [component('qwen', 'llm/qwen')],
        }),
        clock: { now: () => now, sleep: async () => {}, random: () => 0.5 },
        logger: mockServices.logger.mock(),
        notifications,
      });
    notifiers = [replica(), replica()];
  });

  afterEach(async () => {
    await server.stop();
  });

  async function becomes(
    verdict: Verdict,
    claimedEntity = 'component:default/qwen',
  ) {
    const health = assessService({
      now: new Date(now).toISOString(),
      service: QWEN,
      objects: [],
    });
    board.put(QWEN, { ...health, verdict }, { claimedEntity });
    await database.record([
      {
        service: 'gpu-east/llm/qwen',
        at: now,
        verdict,
        summary: verdict,
        entity: claimedEntity,
      },
    ]);
  }

  async function after(seconds: number) {
    now += seconds * SECOND;
    await Promise.all(notifiers.map(notifier => notifier.tell(database)));
  }

  it('is sent once when a service cannot be used and once when it can again', async () => {
    await becomes('Healthy');
    await after(120);
    expect(sent).toEqual([]);
    await becomes('Unavailable');
    await after(30);
    expect(sent).toEqual([]);
    await after(40);
    await after(300);
    expect(sent).toEqual([
      {
        to: { type: 'entity', entityRef: 'group:default/ml' },
        title: 'qwen cannot answer requests',
        severity: 'critical',
      },
    ]);
    await becomes('Degraded');
    await after(61);
    await after(300);
    expect(sent.slice(1)).toEqual([
      expect.objectContaining({ title: 'qwen answers requests again' }),
    ]);
  });

  it('is not sent about a short failure', async () => {
    await becomes('Unavailable');
    await after(20);
    await becomes('Healthy');
    await after(300);
    expect(sent).toEqual([]);
  });

  it('is not held up by a clock that was set back', async () => {
    await becomes('Unavailable');
    await after(-7 * 3_600);
    expect(sent).toEqual([
      expect.objectContaining({ title: 'qwen cannot answer requests' }),
    ]);
  });

  it('does not go to who misses a name that somebody else has', async () => {
    await becomes('Unavailable');
    await becomes('Missing');
    await becomes('Unavailable', 'component:default/other');
    await after(120);
    await becomes('Healthy', 'component:default/other');
    await after(120);
    expect(sent).toEqual([]);
  });

  it('does not go to the owner of an entity that does not name the service', async () => {
    await becomes('Unavailable', 'component:default/other');
    await after(120);
    expect(sent).toEqual([]);
  });
});
