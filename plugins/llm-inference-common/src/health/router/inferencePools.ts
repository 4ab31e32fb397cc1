import { asRecord, asText } from '../../resource/unknown';
import { isWithin, type Facts, type RouterObject } from '../facts/Facts';
import { evidence } from '../quote';
import { readFromCondition } from './conditionFault';
import { readParents } from './parents';
import { readRefusals } from './refused';
import type { RouterReading } from './RouterReading';
import { isWanted } from './scheduler';

const REASONS =
  /^(?:WaitingForGateway|InferencePoolNotReady|InferencePoolFetchError)$/;

/** The service's own InferencePools, and those that it refers to. */
function listInferencePools({
  resource,
  service,
  inferencePools,
}: Facts): RouterObject[] {
  const scheduler = asRecord(asRecord(resource?.spec.router).scheduler);
  const named = [
    asText(asRecord(asRecord(scheduler.pool).ref).name),
    asText(
      asRecord(
        asRecord(asRecord(resource?.status.router).scheduler).inferencePool,
      ).name,
    ),
  ];
  return inferencePools.filter(
    ({ owner, name }) =>
      (owner?.kind === 'LLMInferenceService' && owner.name === service.name) ||
      named.includes(name),
  );
}

/** Whether a gateway may send requests on without the scheduler. */
export function failsOpen(facts: Facts): boolean {
  return listInferencePools(facts).some(({ content }) => {
    const spec = asRecord(content.spec);
    return [spec.endpointPickerRef, spec.extensionRef].some(
      reference => asRecord(reference).failureMode === 'FailOpen',
    );
  });
}

/** State of the InferencePool. It exists in two API groups; accepted in one of them is enough. */
export function findInferencePools(facts: Facts): RouterReading {
  const { thresholds } = facts;
  const pools = listInferencePools(facts);
  const fallback = () =>
    readFromCondition(
      facts,
      'InferencePoolReady',
      REASONS,
      thresholds.routerStart,
    );
  if (pools.length === 0) {
    const reading = fallback();
    return reading.health.state === 'Unknown' && !isWanted(facts)
      ? { health: { state: 'NotConfigured' } }
      : reading;
  }
  const readings = pools.map(pool => readParents(pool, facts));
  if (readings.some(({ accepted }) => accepted)) {
    return { health: { state: 'Ready' } };
  }
  const young = pools.some(({ createdAt }) =>
    isWithin(facts, createdAt, thresholds.routerStart),
  );
  if (young) {
    return { health: { state: 'Progressing', reason: 'not accepted yet' } };
  }
  const refused = readRefusals(
    readings.flatMap(reading => reading.refusals),
    false,
  );
  if (refused) {
    return refused;
  }
  const reading = fallback();
  if (reading.fault || reading.health.state === 'Ready') {
    return reading;
  }
  const subject = `InferencePool/${pools[0].name}`;
  return {
    health: { state: 'NotReady', reason: 'WaitingForGateway' },
    fault: {
      subject,
      reason: 'WaitingForGateway',
      message: '',
      evidence: [
        evidence(
          'Condition',
          subject,
          'status names no parent that accepts it',
        ),
      ],
      partial: false,
    },
  };
}
