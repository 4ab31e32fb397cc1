import type { Facts } from '../facts/Facts';
import { toQuote } from '../quote';
import type { RouterHealth, RouterPartHealth } from '../ServingHealth';
import { isWanted, readScheduler } from './scheduler';
import { findGateways } from './gateways';
import { findInferencePools } from './inferencePools';
import { findRoutes } from './routes';
import type { RouterReading } from './RouterReading';

/** Everything known of the parts that bring a request to a pool. */
export interface RouterAnalysis {
  scheduler: RouterPartHealth;
  schedulerWanted: boolean;
  inferencePool: RouterReading;
  route: RouterReading;
  gateway: RouterReading;
}

const known = new WeakMap<Facts, RouterAnalysis>();

/** Works out the state of the router; once per assessment. */
export function analyzeRouter(facts: Facts): RouterAnalysis {
  let analysis = known.get(facts);
  if (!analysis) {
    analysis = {
      schedulerWanted: isWanted(facts),
      scheduler: readScheduler(facts),
      inferencePool: findInferencePools(facts),
      route: findRoutes(facts),
      gateway: findGateways(facts),
    };
    known.set(facts, analysis);
  }
  return analysis;
}

/** The router as it is shown. */
export function describeRouter(facts: Facts): RouterHealth {
  if (!facts.resource) {
    const unknown: RouterPartHealth = { state: 'Unknown' };
    return {
      scheduler: unknown,
      inferencePool: unknown,
      route: unknown,
      gateway: unknown,
    };
  }
  if (facts.resource.stopped) {
    const stopped: RouterPartHealth = { state: 'NotReady', reason: 'Stopped' };
    return {
      scheduler: stopped,
      inferencePool: stopped,
      route: stopped,
      gateway: stopped,
    };
  }
  const { scheduler, inferencePool, route, gateway } = analyzeRouter(facts);
  return {
    scheduler: toShown(scheduler),
    inferencePool: toShown(inferencePool.health),
    route: toShown(route.health),
    gateway: toShown(gateway.health),
  };
}

function toShown({ state, reason }: RouterPartHealth): RouterPartHealth {
  return reason ? { state, reason: toQuote(reason) } : { state };
}
