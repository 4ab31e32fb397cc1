import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { StreamHub } from '../stream/StreamHub';
import type { Fleet } from '../watch/Fleet';

/**
 * Measures the backend through Backstage's metrics service. No label names a user, a service or a pod:
 * their number has no bound, and who looks at what is nobody's business.
 */
export function registerMetrics(options: {
  board: ServiceBoard;
  fleet: Fleet;
  metrics: MetricsService;
  streams: StreamHub;
}): void {
  const { board, fleet, metrics, streams } = options;

  metrics
    .createObservableGauge<{ verdict: string }>('llm_inference.services', {
      description: 'LLMInferenceServices by verdict',
    })
    .addCallback(result => {
      const counts = new Map<string, number>();
      for (const { health, missing, service } of board.all()) {
        // What somebody misses at a place that is taken is no service.
        if (missing && board.get(service)) continue;
        counts.set(health.verdict, (counts.get(health.verdict) ?? 0) + 1);
      }
      for (const verdict of VERDICTS) {
        result.observe(counts.get(verdict) ?? 0, { verdict });
      }
    });

  metrics
    .createObservableGauge<{
      cluster: string;
      resource: string;
      state: string;
    }>('llm_inference.source.state', {
      description: '1 for the state that a watched resource of a cluster is in',
    })
    .addCallback(result => {
      for (const { name, resources } of fleet.statuses()) {
        for (const [resource, { state }] of Object.entries(resources)) {
          result.observe(1, { cluster: name, resource, state });
        }
      }
    });

  metrics
    .createObservableGauge<{ cluster: string; resource: string }>(
      'llm_inference.objects',
      { description: 'Objects held in memory' },
    )
    .addCallback(result => {
      for (const { name } of fleet.statuses()) {
        const counts = fleet.watcher(name)?.store.counts() ?? {};
        for (const [resource, count] of Object.entries(counts)) {
          result.observe(count, { cluster: name, resource });
        }
      }
    });

  metrics
    .createObservableGauge('llm_inference.streams', {
      description: 'Live streams that are open',
    })
    .addCallback(result => result.observe(streams.size));
}

/** A judge that measures how long it takes. */
export function measured<A extends unknown[], R>(
  judge: (...input: A) => R,
  metrics: MetricsService,
): (...input: A) => R {
  const duration = metrics.createHistogram('llm_inference.assess.duration', {
    description: 'Time to assess one service',
    unit: 's',
  });
  return (...input) => {
    const startedAt = performance.now();
    const result = judge(...input);
    duration.record((performance.now() - startedAt) / 1000);
    return result;
  };
}
