import type { CauseText, FoundCause } from '../causes/CauseDefinition';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import type { KvPath } from '../kv/analyzeKvPath';
import { cleanText } from '../quote';
import { failsOpen } from '../router/inferencePools';
import type { Verdict } from '../ServingHealth';
import { findShortage } from './shortage';
import { weighsOnVerdict } from './verdict';

/** What a text says of a cause. */
export function say(text: CauseText, cause: FoundCause): string {
  return cleanText(typeof text === 'string' ? text : text(cause));
}

/** One sentence a person can act on, naming the pool and the count. */
export function summarize(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): string {
  return capitalize(sentenceOf(verdict, causes, facts, kvPath));
}

/** Begins a sentence with a capital letter, unless it begins with the name of a field, a flag or the like. */
function capitalize(sentence: string): string {
  return /^[a-z]+(?![^\s,:;])/.test(sentence)
    ? sentence.charAt(0).toUpperCase() + sentence.slice(1)
    : sentence;
}

function sentenceOf(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): string {
  const { service } = facts;
  switch (verdict) {
    case 'Missing':
      return `no LLMInferenceService ${service.name} exists in namespace ${service.namespace}`;
    case 'Stopped':
      return 'stopped by the annotation serving.kserve.io/stop; remove it, or set it to "false", to start the service';
    case 'Unknown':
      return summarizeUnknown(causes);
    case 'Healthy':
      return summarizeHealthy(causes, facts);
    case 'Progressing':
      return summarizeProgress(facts);
    default:
      return summarizeTrouble(verdict, causes, facts, kvPath);
  }
}

function summarizeUnknown(causes: readonly FoundCause[]): string {
  const cause = causes.find(
    ({ id }) => id === 'access-denied' || id === 'cluster-unreachable',
  );
  return cause
    ? sayCause(cause, undefined)
    : 'nothing could be read about this service';
}

function summarizeHealthy(causes: readonly FoundCause[], facts: Facts): string {
  const counts = enginePools(facts).map(
    pool => `${pool.ready} of ${pool.desired ?? pool.ready} ${pool.name}`,
  );
  const unread = causes.find(({ id }) => id === 'access-denied');
  const note = unread ? `; ${sayCause(unread, undefined)}` : '';
  return `${counts.join(' and ')} replicas ready${note}`;
}

function summarizeProgress(facts: Facts): string {
  const { resource } = facts;
  if (resource?.deletedAt !== undefined) {
    return 'the service is being deleted';
  }
  const moving = enginePools(facts).flatMap(pool => describeMove(pool, facts));
  if (moving.length > 0) {
    return moving.join('; ');
  }
  return resource?.observed === false
    ? 'the newest change was not seen by the controller yet'
    : 'the router is starting; nothing is wrong so far';
}

function describeMove(pool: PoolFacts, facts: Facts): string[] {
  const count = `${pool.ready ?? 'unknown'} of ${pool.desired ?? 'unknown'} ${
    pool.name
  } replicas ready`;
  if (pool.rolling) {
    return [
      `${count}, ${pool.updated ?? 'some'} of them being renewed by a rollout`,
    ];
  }
  return findShortage(pool, facts, [])
    ? [`${count}, the rest is ${describeStage(pool)}`]
    : [];
}

/** What the pods of a starting pool are doing, by the one that is least far. */
function describeStage(pool: PoolFacts): string {
  const waiting = pool.current.filter(pod => !pod.ready);
  if (waiting.length === 0) {
    return 'about to start';
  }
  if (waiting.some(({ node }) => !node)) {
    return 'waiting for a node';
  }
  const downloading = waiting.some(pod =>
    pod.containers.some(
      ({ name, state }) =>
        name === 'storage-initializer' && state?.kind === 'running',
    ),
  );
  return downloading ? 'downloading the model' : 'starting';
}

function summarizeTrouble(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): string {
  const root =
    causes.find(cause => weighsOnVerdict(cause) && decides(verdict, cause)) ??
    causes.find(weighsOnVerdict);
  if (root) {
    const bypassed =
      verdict === 'Unavailable' && root.pool === 'scheduler' && failsOpen(facts)
        ? '; requests may bypass routing (failureMode FailOpen)'
        : '';
    return `${sayCause(root, poolOf(root, facts))}${bypassed}`;
  }
  if (kvPath?.effectiveness.reason) {
    return kvPath.effectiveness.reason;
  }
  const counts = enginePools(facts).map(
    pool => `${pool.ready} of ${pool.desired} ${pool.name} replicas ready`,
  );
  return counts.join(', ');
}

/** Whether a cause is of the kind that makes a service Unavailable; every other verdict takes the first one. */
function decides(verdict: Verdict, cause: FoundCause): boolean {
  return verdict !== 'Unavailable' || cause.pool !== 'prefill';
}

function poolOf({ pool }: FoundCause, facts: Facts): PoolFacts | undefined {
  switch (pool) {
    case 'decode':
      return facts.decode;
    case 'prefill':
      return facts.prefill;
    case 'scheduler':
      return facts.scheduler;
    default:
      return undefined;
  }
}

function sayCause(cause: FoundCause, pool: PoolFacts | undefined): string {
  const { definition, subjects } = cause;
  const pods = subjects.filter(subject => subject.startsWith('Pod/')).length;
  if (definition.podsSummary && pods > 0) {
    const total = Math.max(pods, pool?.current.length ?? 0);
    return `${pods} of ${total} ${cause.pool ?? ''} pods ${say(
      definition.podsSummary,
      cause,
    )}`;
  }
  return say(definition.summary ?? definition.title, cause);
}
