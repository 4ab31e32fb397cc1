import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { assessService } from 'backstage-plugin-llm-inference-common';
import type { Verdict } from 'backstage-plugin-llm-inference-common';
import express from 'express';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { Gate } from '../access/Gate';
import { Assessor } from '../assess/Assessor';
import { ServiceBoard } from '../assess/ServiceBoard';
import { HealthTexts } from '../status/HealthTexts';
import { StatusReader } from '../status/StatusReader';
import { systemClock } from '../watch/Clock';
import { Fleet } from '../watch/Fleet';
import { DEFAULT_TIMINGS } from '../watch/Reflector';
import { DEFAULT_STREAM_LIMITS, StreamHub } from './StreamHub';

const ENTITY = 'component:default/mine';
const LIFETIME_MS = 20;

/** Open streams over decisions that age within a moment, and that nothing but a change has looked up again. */
describe('an open stream that has something to send', () => {
  const logger = mockServices.logger.mock();
  let board: ServiceBoard;
  let hub: StreamHub;
  let server: Server;
  let named: string;
  let allowed: boolean;

  beforeEach(async () => {
    named = 'llm/qwen';
    allowed = true;
    board = new ServiceBoard();
    const common = { board, clock: systemClock, logger };
    const fleet = new Fleet({
      ...common,
      suppliers: [],
      assessor: new Assessor({ ...common, assess: assessService }),
      timings: DEFAULT_TIMINGS,
    });
    const gate = new Gate({
      binding: 'verified',
      lifetimeMs: LIFETIME_MS,
      catalog: catalogServiceMock.mock({
        getEntitiesByRefs: async () => ({ items: [component('mine', named)] }),
      }),
      permissions: mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(({ permission }) => ({
            result:
              allowed && permission.name === 'llm-inference.service.read'
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          })),
      }),
    });
    hub = new StreamHub({
      ...common,
      fleet,
      gate,
      reader: new StatusReader({ board, fleet, binding: 'verified' }),
      texts: new HealthTexts(),
      limits: { ...DEFAULT_STREAM_LIMITS, recheckMs: 3_600_000 },
    });
    hub.start();
    const app = express().get('/', (_request, response, next) => {
      hub
        .open(response, {
          entityRefs: [ENTITY],
          fleet: false,
          credentials: mockCredentials.user(),
        })
        .catch(next);
    });
    server = createServer(app);
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
  });

  afterEach(async () => {
    hub.stop();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  function becomes(name: string, verdict: Verdict) {
    const service = { cluster: 'gpu-east', namespace: 'llm', name };
    const health = assessService({
      now: '2026-11-22T10:00:00Z',
      service,
      objects: [],
    });
    board.put(
      service,
      { ...health, verdict, summary: `${name} is ${verdict}` },
      { claimedEntity: ENTITY },
    );
  }

  /** What a reader hears, and whether that has ended. */
  async function listen() {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    const heard = { text: '', ended: false };
    void (async () => {
      for await (const chunk of response.body!) {
        heard.text += Buffer.from(chunk).toString('utf8');
      }
      heard.ended = true;
    })();
    await eventually(
      () => heard.text,
      text => text.includes('qwen is Healthy'),
    );
    // The decision under which that was sent is no longer good.
    await delay(2 * LIFETIME_MS);
    return heard;
  }

  it('asks whether the reader still may: else the stream ends without a word of it', async () => {
    becomes('qwen', 'Healthy');
    const heard = await listen();
    allowed = false;
    becomes('qwen', 'Unavailable');
    await eventually(
      () => heard.ended,
      ended => ended,
    );
    expect(heard.text).not.toContain('Unavailable');
  });

  it('asks what the entity names now', async () => {
    becomes('qwen', 'Healthy');
    becomes('phi', 'Degraded');
    const heard = await listen();
    expect(heard.text).not.toContain('phi');
    named = 'llm/phi';
    becomes('qwen', 'Unavailable');
    await eventually(
      () => heard.text,
      text => text.includes('phi is Degraded'),
    );
    expect(heard.text).not.toContain('Unavailable');
  });
});
