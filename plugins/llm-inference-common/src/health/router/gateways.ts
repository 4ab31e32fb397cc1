import { findCondition, readConditions } from '../../resource/conditions';
import { asList, asRecord, asText } from '../../resource/unknown';
import type { Facts, RouterObject } from '../facts/Facts';
import { readFromCondition } from './conditionFault';
import { readRefusals } from './refused';
import type { Refusal, RouterReading } from './RouterReading';
import { listRoutes } from './routes';

/** State of the gateways that the service's routes hang on. */
export function findGateways(facts: Facts): RouterReading {
  const names = gatewayNames(facts);
  const gateways = facts.gateways.filter(({ namespace, name }) =>
    names.has(`${namespace}/${name}`),
  );
  if (gateways.length === 0) {
    const reading = readFromCondition(
      facts,
      'GatewaysReady',
      /^(?:GatewaysNotReady|RefsInvalid)$/,
      facts.thresholds.routerStart,
    );
    return reading.health.state === 'Unknown' && names.size === 0
      ? { health: { state: 'NotConfigured' } }
      : reading;
  }
  const refusals = gateways.flatMap(gateway => readRefusal(gateway) ?? []);
  return (
    readRefusals(refusals, gateways.length > refusals.length) ?? {
      health: { state: 'Ready' },
    }
  );
}

function readRefusal(gateway: RouterObject): Refusal | undefined {
  const conditions = readConditions(
    asRecord(gateway.content.status).conditions,
  );
  for (const type of ['Accepted', 'Programmed']) {
    const condition = findCondition(conditions, type);
    if (condition?.status === 'False') {
      return { subject: `Gateway/${gateway.name}`, condition };
    }
  }
  return undefined;
}

/** `namespace/name` of the gateways that routes, spec or status name. */
function gatewayNames(facts: Facts): Set<string> {
  const names = new Set<string>();
  const add = (reference: unknown, namespace: string) => {
    const { kind, name, namespace: own } = asRecord(reference);
    if (asText(name) && (asText(kind) ?? 'Gateway') === 'Gateway') {
      names.add(`${asText(own) ?? namespace}/${asText(name)}`);
    }
  };
  for (const route of listRoutes(facts)) {
    for (const parent of asList(asRecord(route.content.spec).parentRefs)) {
      add(parent, route.namespace);
    }
  }
  const { resource, service } = facts;
  const gateway = asRecord(asRecord(resource?.spec.router).gateway);
  for (const reference of asList(gateway.refs)) {
    add(reference, service.namespace);
  }
  for (const reference of asList(asRecord(resource?.status.router).gateways)) {
    add(reference, service.namespace);
  }
  return names;
}
