import type { Pod } from '../../resource/pod';
import type { CauseId } from '../CauseId';
import type { Facts, PoolFacts } from '../facts/Facts';
import type { Evidence, PoolName, Severity } from '../ServingHealth';

/** When a cause is looked for: earlier steps are more fundamental, and a pod's root is in its first that matches. */
export const STEPS = [
  'access',
  'controlPlane',
  'creation',
  'lostPod',
  'scheduling',
  'network',
  'image',
  'download',
  'crash',
  'probes',
  'pairing',
  'kvPath',
  'router',
  'rollout',
  'state',
] as const;

/** One step of the evaluation. */
export type Step = (typeof STEPS)[number];

/** Words taken from the evidence, for the texts: resource names, numbers, reasons. */
export type Detail = Readonly<Record<string, string | undefined>>;

/** One place where a cause was found. */
export interface Finding {
  pool?: PoolName;
  /** The objects concerned, as `Kind/name`. */
  subjects: readonly string[];
  /** Where it differs from that of the definition. */
  severity?: Severity;
  evidence: readonly Evidence[];
  detail?: Detail;
}

/** Words that have a value. */
export function presentWords(detail: Detail): Record<string, string> {
  return Object.fromEntries(
    Object.entries(detail).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** A cause as found, over all its subjects. */
export interface FoundCause {
  definition: CauseDefinition;
  id: CauseId;
  pool?: PoolName;
  severity: Severity;
  subjects: string[];
  evidence: Evidence[];
  detail: Detail;
}

/** A text, or how to make it from what was found. */
export type CauseText = string | ((cause: FoundCause) => string);

/** What the last lines of a container say, if one of these patterns is in a line. */
export interface TextRule {
  /** Whose text is read. */
  of: 'engine' | 'storage-initializer' | 'scheduler';
  patterns: readonly RegExp[];
  /** Words for the texts. */
  detail?: (match: RegExpExecArray) => Detail;
  /** Says when a match does not count. */
  unless?: (context: TextContext) => boolean;
}

/** What a text rule may look at besides the line. */
export interface TextContext {
  line: string;
  /** All lines, and where this one stands. */
  lines: readonly string[];
  index: number;
  pod: Pod;
  pool: PoolFacts;
  facts: Facts;
  exitCode?: number;
}

/**
 * One cause: its words, and how it is found. A new cause is one entry in the file of its group, with a
 * scenario beside it.
 */
export interface CauseDefinition {
  id: CauseId;
  severity: Severity;
  step: Step;
  /** A few words, for a heading. */
  title: CauseText;
  /** What it means, in one or two plain sentences. */
  explanation: CauseText;
  /** What to do, naming the field or object to change. */
  remedy: CauseText;
  /** Continues "2 of 2 prefill pods …"; for causes whose subjects are pods. */
  podsSummary?: CauseText;
  /** A sentence of its own, without a full stop; for all others. */
  summary?: CauseText;
  /** Looks at one pod that is not as it should be. */
  findInPod?: (pod: Pod, pool: PoolFacts, facts: Facts) => Finding | undefined;
  /** Looks at the last words of a container that failed. */
  findInText?: TextRule;
  /** Looks at the service as a whole; `found` holds the causes of earlier steps. */
  findInService?: (facts: Facts, found: readonly FoundCause[]) => Finding[];
}
