import type { FoundCause } from '../causes/CauseDefinition';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import type { KvTransferHealth, RouterHealth, Verdict } from '../ServingHealth';
import { findShortage } from './shortage';

/** What the verdict is made of. */
export interface VerdictInput {
  facts: Facts;
  causes: readonly FoundCause[];
  kvTransfer: KvTransferHealth;
  router: RouterHealth;
}

/** Causes that are shown and change nothing while pods serve. */
const SHOWN_ONLY: readonly string[] = [
  'access-denied',
  'cluster-unreachable',
  'scaling-metric-unavailable',
];

/** Whether a cause makes a service Degraded at least. */
export function weighsOnVerdict(cause: FoundCause): boolean {
  return cause.severity !== 'Info' && !SHOWN_ONLY.includes(cause.id);
}

/** The first rule that applies decides; in the order of the contract. */
export function decideVerdict(input: VerdictInput): Verdict {
  const { facts, causes } = input;
  if (!facts.resource) {
    return isAbsenceKnown(facts) ? 'Missing' : 'Unknown';
  }
  if (isUnread(facts)) {
    return 'Unknown';
  }
  if (facts.resource.stopped) {
    return 'Stopped';
  }
  if (facts.resource.deletedAt !== undefined) {
    return 'Progressing';
  }
  if (isUnanswered(input)) {
    return 'Unavailable';
  }
  if (causes.some(weighsOnVerdict) || isKvPathDegraded(input)) {
    return 'Degraded';
  }
  if (enginePools(facts).some(pool => isShort(pool, input))) {
    return 'Degraded';
  }
  return isMoving(input) ? 'Progressing' : 'Healthy';
}

/** Whether it is known that the resource does not exist, as opposed to not having been read. */
export function isAbsenceKnown({
  access,
  service,
  objectsRead,
}: Facts): boolean {
  const problem = access.get('llminferenceservices');
  return (
    objectsRead &&
    service.name !== '' &&
    !access.has('cluster') &&
    (problem === undefined || problem === 'NotServed')
  );
}

/** Whether so little could be read that nothing can be said. */
export function isUnread({ access }: Facts): boolean {
  return access.has('cluster') || access.has('pods');
}

/** Rule 3: no request can be answered. */
function isUnanswered({ facts, causes, router }: VerdictInput): boolean {
  const { decode } = facts;
  const isCritical = (pool: 'decode' | 'scheduler') =>
    causes.some(
      cause =>
        cause.severity === 'Critical' &&
        weighsOnVerdict(cause) &&
        (cause.pool === pool || (pool === 'decode' && speaksOfAll(cause))),
    );
  const lost = decode.onceReady && !decode.seenReady;
  if (decode.ready === 0 && (lost || isCritical('decode'))) {
    return true;
  }
  if (
    router.scheduler.state === 'NotReady' &&
    (facts.scheduler.onceReady || isCritical('scheduler'))
  ) {
    return true;
  }
  return causes.some(
    ({ id, severity, detail }) =>
      (id === 'route-not-accepted' && severity === 'Critical') ||
      (id === 'gateway-not-ready' &&
        severity === 'Critical' &&
        !detail.internal),
  );
}

/** Causes of the control plane that keep every pool from existing. */
function speaksOfAll({ id, pool }: FoundCause): boolean {
  return (
    pool === undefined &&
    [
      'presets-not-combined',
      'selector-immutable',
      'controller-error',
      'quota-exceeded',
      'pod-security-violation',
      'extended-resource-invalid',
      'model-not-found',
    ].includes(id)
  );
}

/** Part of rule 4: the way of the KV cache is known not to be as asked. */
function isKvPathDegraded({ facts, kvTransfer }: VerdictInput): boolean {
  return (
    facts.disaggregated &&
    (kvTransfer.effectiveness === 'Suspect' ||
      kvTransfer.effectiveness === 'Bypassed')
  );
}

function isShort(pool: PoolFacts, { facts, causes }: VerdictInput): boolean {
  const shortage = findShortage(pool, facts, causes);
  return shortage !== undefined && !shortage.onItsWay;
}

/** Rule 5: on its way, nothing wrong yet. */
function isMoving({ facts, causes, router }: VerdictInput): boolean {
  return (
    facts.resource?.observed === false ||
    enginePools(facts).some(
      pool =>
        pool.rolling ||
        pool.ready === null ||
        findShortage(pool, facts, causes) !== undefined,
    ) ||
    Object.values(router).some(part => part.state === 'Progressing')
  );
}
