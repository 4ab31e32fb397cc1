import { asList, asRecord, asText } from '../../resource/unknown';
import { isWithin, type Facts, type RouterObject } from '../facts/Facts';
import { readFromCondition } from './conditionFault';
import { readParents } from './parents';
import { readRefusals } from './refused';
import type { RouterReading } from './RouterReading';

const REASONS =
  /^(?:HTTPRoutesNotReady|RefsInvalid|HTTPRoute\w*Error|PlatformNetworkingReconcileError)$/;

/** The service's HTTPRoutes: its own, and those that it refers to. */
export function listRoutes({
  routes,
  resource,
  service,
}: Facts): RouterObject[] {
  const referred = asList(
    asRecord(asRecord(asRecord(resource?.spec.router).route).http).refs,
  ).map(reference => asText(asRecord(reference).name));
  return routes.filter(
    ({ owner, name }) =>
      (owner?.kind === 'LLMInferenceService' && owner.name === service.name) ||
      referred.includes(name),
  );
}

/** State of the routes: one that is refused everywhere cannot be reached. */
export function findRoutes(facts: Facts): RouterReading {
  const fallback = () =>
    readFromCondition(
      facts,
      'HTTPRoutesReady',
      REASONS,
      facts.thresholds.routerStart,
    );
  const routes = listRoutes(facts);
  if (routes.length === 0) {
    const reading = fallback();
    return reading.health.state === 'Unknown' && !isAsked(facts)
      ? { health: { state: 'NotConfigured' } }
      : reading;
  }
  const readings = routes.map(route => readParents(route, facts));
  const refusals = readings.flatMap(reading => reading.refusals);
  const accepted = readings.some(reading => reading.accepted);
  const refused = readRefusals(refusals, accepted);
  if (refused) {
    return refused;
  }
  if (accepted) {
    return { health: { state: 'Ready' } };
  }
  const young = routes.some(({ createdAt }) =>
    isWithin(facts, createdAt, facts.thresholds.routerStart),
  );
  return young
    ? { health: { state: 'Progressing', reason: 'not accepted yet' } }
    : fallback();
}

function isAsked({ resource }: Facts): boolean {
  const { route } = asRecord(resource?.spec.router);
  return (
    (typeof route === 'object' && route !== null) ||
    resource?.hasBaseRefs === true
  );
}
