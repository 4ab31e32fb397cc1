import { findCondition } from '../resource/conditions';
import { asList, asRecord, asText } from '../resource/unknown';
import type { FoundCause } from './causes/CauseDefinition';
import { CAUSE_DEFINITIONS } from './causes/registry';
import { wordsOf } from './causes/words';
import { enginePools, type Facts } from './facts/Facts';
import { readFacts } from './facts/readFacts';
import { analyzeKvPath, describeKvPath } from './kv/analyzeKvPath';
import type { Observation } from './Observation';
import { cleanText, toQuote } from './quote';
import { describeRouter } from './router/analyzeRouter';
import type {
  Cause,
  Endpoint,
  ReportedCondition,
  ServingHealth,
} from './ServingHealth';
import { CauseCollector } from './stages/collect';
import { dropHidden, placeOf, sortCauses } from './stages/order';
import { findPodRoots } from './stages/podRoots';
import { describePool } from './stages/pools';
import { say, summarize } from './stages/summary';
import { decideVerdict } from './stages/verdict';
import type { AssessOptions } from './thresholds';

/**
 * Turns what was observed about a service into what a person needs to know: one verdict, the root cause with
 * its remedy, both pools, the way of the KV cache and the router.
 *
 * Pure and total: no I/O, no clock of its own, nothing is changed, nothing is thrown whatever the input, and
 * equal input gives equal output. The cost grows linearly with pods and events.
 *
 * @public
 */
export function assessService(
  observation: Observation,
  options: AssessOptions = {},
): ServingHealth {
  const facts = readFacts(observation, asRecord(options));
  const causes = findCauses(facts);
  const kvTransfer = describeKvPath(facts);
  const router = describeRouter(facts);
  const verdict = decideVerdict({ facts, causes, kvTransfer, router });
  const stopped = facts.resource?.stopped === true;
  const kvPath =
    facts.disaggregated && facts.resource && !stopped
      ? analyzeKvPath(facts)
      : undefined;
  return {
    service: facts.service,
    verdict,
    ...summarize(verdict, causes, facts, kvPath),
    disaggregated: facts.disaggregated,
    pools: facts.resource
      ? {
          decode: describePool(facts.decode, stopped),
          ...(facts.prefill && {
            prefill: describePool(facts.prefill, stopped),
          }),
        }
      : {},
    kvTransfer,
    router,
    causes: causes.map(toCause),
    conditions: reportConditions(facts),
    endpoints: listEndpoints(facts),
    observedAt: facts.observedAt,
  };
}

/** Definitions that look at the whole service, in the order of evaluation. */
const SERVICE_DEFINITIONS = CAUSE_DEFINITIONS.filter(
  ({ findInService }) => findInService,
).sort((a, b) => placeOf(a.id) - placeOf(b.id));

function findCauses(facts: Facts): FoundCause[] {
  const collector = new CauseCollector();
  const judged = facts.resource !== undefined && !facts.resource.stopped;
  if (judged) {
    for (const pool of [...enginePools(facts), facts.scheduler]) {
      for (const { definition, finding } of findPodRoots(pool, facts)) {
        collector.add(definition, finding);
      }
    }
  }
  for (const definition of SERVICE_DEFINITIONS) {
    if (judged || definition.step === 'access') {
      const found = definition.findInService?.(facts, collector.list()) ?? [];
      for (const finding of found) {
        collector.add(definition, finding);
      }
    }
  }
  return sortCauses(dropHidden(collector.list()));
}

function toCause(cause: FoundCause): Cause {
  const { definition, id, pool, severity, subjects } = cause;
  return {
    id,
    severity,
    ...(pool && { pool }),
    subjects: subjects.map(cleanText),
    title: say(definition.title, cause),
    explanation: say(definition.explanation, cause),
    remedy: say(definition.remedy, cause),
    evidence: cause.evidence,
    words: wordsOf(cause),
  };
}

function reportConditions({ resource }: Facts): ReportedCondition[] {
  if (!resource) {
    return [];
  }
  const presets = findCondition(resource.conditions, 'PresetsCombined');
  const combined = presets === undefined || presets.status === 'True';
  return resource.conditions.map(condition => {
    const stale =
      !resource.observed || (!combined && condition.type !== 'PresetsCombined');
    return {
      type: condition.type,
      status: condition.status,
      ...(condition.reason && { reason: toQuote(condition.reason) }),
      ...(condition.message && { message: toQuote(condition.message) }),
      ...(condition.lastTransitionTime && {
        lastTransitionTime: condition.lastTransitionTime,
      }),
      ...(stale && { stale }),
    };
  });
}

function listEndpoints({ resource }: Facts): Endpoint[] {
  if (!resource) {
    return [];
  }
  const endpoints: Endpoint[] = [];
  for (const item of asList(resource.status.addresses)) {
    const { name, url, models } = asRecord(item);
    const text = asText(url);
    if (text) {
      endpoints.push({
        ...(asText(name) && { name: asText(name) }),
        url: cleanText(text),
        models: asList(models).flatMap(
          model => cleanText(asText(asRecord(model).name) ?? '') || [],
        ),
      });
    }
  }
  const url = asText(resource.status.url);
  if (url && !endpoints.some(endpoint => endpoint.url === cleanText(url))) {
    const model = asText(asRecord(resource.spec.model).name) ?? resource.name;
    endpoints.push({ url: cleanText(url), models: [model] });
  }
  return endpoints;
}
