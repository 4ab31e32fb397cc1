import type { CauseText, FoundCause } from '../causes/CauseDefinition';
import { wordsOf } from '../causes/words';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import type { KvPath } from '../kv/analyzeKvPath';
import { cleanText } from '../quote';
import { failsOpen } from '../router/inferencePools';
import type { ServingHealth, SummaryPart, Verdict } from '../ServingHealth';
import { findShortage } from './shortage';
import { weighsOnVerdict } from './verdict';

/** What a text says of a cause. */
export function say(text: CauseText, cause: FoundCause): string {
  return cleanText(typeof text === 'string' ? text : text(cause));
}

/** What the pods of a starting pool may be doing. */
const STAGES = {
  aboutToStart: 'about to start',
  waitingForNode: 'waiting for a node',
  downloading: 'downloading the model',
  starting: 'starting',
} as const;

/** What was said, in words and as data. */
interface Said {
  text: string;
  parts: SummaryPart[];
}

/** One sentence a person can act on, naming the pool and the count. */
export function summarize(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): Pick<ServingHealth, 'summary' | 'summaryParts'> {
  const { text, parts } = sentenceOf(verdict, causes, facts, kvPath);
  return { summary: capitalize(text), summaryParts: parts };
}

/** Begins a sentence with a capital letter, unless it begins with the name of a field, a flag or the like. */
function capitalize(sentence: string): string {
  return /^[a-z]+(?![^\s,:;])/.test(sentence)
    ? sentence.charAt(0).toUpperCase() + sentence.slice(1)
    : sentence;
}

/** A sentence that is one part. */
function only(
  text: string,
  says: SummaryPart['says'],
  words: SummaryPart['words'] = {},
): Said {
  return { text, parts: [{ says, words }] };
}

function sentenceOf(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): Said {
  const { name, namespace } = facts.service;
  switch (verdict) {
    case 'Missing':
      return only(
        `no LLMInferenceService ${name} exists in namespace ${namespace}`,
        'missing',
        { name, namespace },
      );
    case 'Stopped':
      return only(
        'stopped by the annotation serving.kserve.io/stop; remove it, or set it to "false", to start the service',
        'stopped',
      );
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

function summarizeUnknown(causes: readonly FoundCause[]): Said {
  const cause = causes.find(
    ({ id }) => id === 'access-denied' || id === 'cluster-unreachable',
  );
  return cause
    ? sayCause(cause, undefined)
    : only('nothing could be read about this service', 'nothingRead');
}

function summarizeHealthy(causes: readonly FoundCause[], facts: Facts): Said {
  const pools = enginePools(facts);
  const counts = pools.map(
    pool => `${pool.ready} of ${pool.desired ?? pool.ready} ${pool.name}`,
  );
  const unread = causes.find(({ id }) => id === 'access-denied');
  const note = unread && sayCause(unread, undefined);
  return {
    text: `${counts.join(' and ')} replicas ready${
      note ? `; ${note.text}` : ''
    }`,
    parts: [...pools.map(countReady), ...(note?.parts ?? [])],
  };
}

function countReady(pool: PoolFacts): SummaryPart {
  return { says: 'ready', words: countsOf(pool) };
}

function countsOf({ name, ready, desired }: PoolFacts) {
  return {
    pool: name,
    ready: String(ready ?? 'unknown'),
    desired: String(desired ?? ready ?? 'unknown'),
  };
}

function summarizeProgress(facts: Facts): Said {
  const { resource } = facts;
  if (resource?.deletedAt !== undefined) {
    return only('the service is being deleted', 'deleting');
  }
  const moving = enginePools(facts).flatMap(pool => describeMove(pool, facts));
  if (moving.length > 0) {
    return {
      text: moving.map(({ text }) => text).join('; '),
      parts: moving.flatMap(({ parts }) => parts),
    };
  }
  return resource?.observed === false
    ? only('the newest change was not seen by the controller yet', 'unseen')
    : only('the router is starting; nothing is wrong so far', 'routerStarting');
}

function describeMove(pool: PoolFacts, facts: Facts): Said[] {
  const count = `${pool.ready ?? 'unknown'} of ${pool.desired ?? 'unknown'} ${
    pool.name
  } replicas ready`;
  if (pool.rolling) {
    return [
      only(
        `${count}, ${
          pool.updated ?? 'some'
        } of them being renewed by a rollout`,
        'rolling',
        countsOf(pool),
      ),
    ];
  }
  if (!findShortage(pool, facts, [])) {
    return [];
  }
  const stage = stageOf(pool);
  return [
    only(`${count}, the rest is ${STAGES[stage]}`, 'starting', {
      ...countsOf(pool),
      stage,
    }),
  ];
}

/** What the pods of a starting pool are doing, by the one that is least far. */
function stageOf(pool: PoolFacts): keyof typeof STAGES {
  const waiting = pool.current.filter(pod => !pod.ready);
  if (waiting.length === 0) {
    return 'aboutToStart';
  }
  if (waiting.some(({ node }) => !node)) {
    return 'waitingForNode';
  }
  const downloading = waiting.some(pod =>
    pod.containers.some(
      ({ name, state }) =>
        name === 'storage-initializer' && state?.kind === 'running',
    ),
  );
  return downloading ? 'downloading' : 'starting';
}

function summarizeTrouble(
  verdict: Verdict,
  causes: readonly FoundCause[],
  facts: Facts,
  kvPath: KvPath | undefined,
): Said {
  const root =
    causes.find(cause => weighsOnVerdict(cause) && decides(verdict, cause)) ??
    causes.find(weighsOnVerdict);
  if (root) {
    const said = sayCause(root, poolOf(root, facts));
    return verdict === 'Unavailable' &&
      root.pool === 'scheduler' &&
      failsOpen(facts)
      ? {
          text: `${said.text}; requests may bypass routing (failureMode FailOpen)`,
          parts: [...said.parts, { says: 'bypassesRouting', words: {} }],
        }
      : said;
  }
  const { reason, words } = kvPath?.effectiveness ?? {};
  if (reason) {
    return only(reason, 'doubt', words);
  }
  const pools = enginePools(facts);
  return {
    text: pools
      .map(
        pool => `${pool.ready} of ${pool.desired} ${pool.name} replicas ready`,
      )
      .join(', '),
    parts: pools.map(countReady),
  };
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

function sayCause(cause: FoundCause, pool: PoolFacts | undefined): Said {
  const { definition, subjects, id } = cause;
  const words = wordsOf(cause);
  const pods = subjects.filter(subject => subject.startsWith('Pod/')).length;
  if (definition.podsSummary && pods > 0) {
    const total = Math.max(pods, pool?.current.length ?? 0);
    return {
      text: `${pods} of ${total} ${cause.pool ?? ''} pods ${say(
        definition.podsSummary,
        cause,
      )}`,
      parts: [
        {
          says: 'pods',
          cause: id,
          words: { ...words, pods: String(pods), total: String(total) },
        },
      ],
    };
  }
  return {
    text: say(definition.summary ?? definition.title, cause),
    parts: [{ says: 'cause', cause: id, words }],
  };
}
