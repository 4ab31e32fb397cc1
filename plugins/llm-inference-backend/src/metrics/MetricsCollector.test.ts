import { mockServices } from '@backstage/backend-test-utils';
import { ServiceBoard } from '../assess/ServiceBoard';
import { systemClock } from '../watch/Clock';
import { Fleet } from '../watch/Fleet';
import type { FleetOptions } from '../watch/Fleet';
import { MetricsCollector } from './MetricsCollector';
import { metricsSchema } from './MetricsConfig';

describe('collecting metrics', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['costs not even a timer where no source is configured', [], 0],
    ['is one timer, whatever the sources are', [{ type: 'podProxy' }], 1],
  ])('%s', async (_what, sources, timers) => {
    jest.useFakeTimers();
    const logger = mockServices.logger.mock();
    const fleet = new Fleet({
      clock: systemClock,
      logger,
      suppliers: [],
    } as Partial<FleetOptions> as FleetOptions);
    const collector = new MetricsCollector({
      board: new ServiceBoard(),
      clock: systemClock,
      config: metricsSchema.parse({ sources }),
      fleet,
      logger,
      onMeasured: () => undefined,
    });
    collector.start();
    expect(jest.getTimerCount()).toBe(timers);
    await collector.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
