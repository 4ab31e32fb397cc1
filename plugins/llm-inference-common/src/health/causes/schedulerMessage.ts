import { classifyResource } from '../../resource/resourceNames';
import type { CauseId } from '../CauseId';
import type { Detail } from './CauseDefinition';

/** What a scheduler's message says about one pod, as a cause. */
export interface SchedulingVerdict {
  id: CauseId;
  detail: Detail;
}

interface Clause {
  nodes?: number;
  text: string;
}

const HEAD = /^.*?\d+\/(\d+) nodes are available:\s*/is;
const INSUFFICIENT = /Insufficient ([\w.-]+(?:\/[\w.-]+)?)/i;
const TAINT =
  /node\(s\) had (?:untolerated taints?(?:\(s\))?(?: \{([^}]*)\})?|taints? \{([^}]*)\}, that the pod didn'?t tolerate)/i;
const BACKGROUND_TAINT =
  /^(?:node-role\.kubernetes\.io\/(?:control-plane|master)|node\.kubernetes\.io\/(?:unschedulable|not-ready|unreachable|disk-pressure|memory-pressure))\b/;

/** Kinds of clauses, most fundamental first. */
const RANKED: ReadonlyArray<
  readonly [CauseId, (text: string) => Detail | undefined]
> = [
  ['insufficient-rdma', text => insufficient(text, 'rdma')],
  [
    'insufficient-gpu',
    text =>
      insufficient(text, 'gpu') ??
      (/cannot allocate all claims/i.test(text)
        ? { resource: 'device for its resource claims', claims: 'yes' }
        : undefined),
  ],
  [
    'volume-not-bound',
    text => {
      const claim =
        /persistentvolumeclaim "([^"]+)" (?:not found|is being deleted|bound to non-existent persistentvolume)/i.exec(
          text,
        );
      if (claim) {
        return { claim: claim[1] };
      }
      return /pod has unbound immediate PersistentVolumeClaims|node\(s\) (?:had volume node affinity conflict|didn'?t match PersistentVolume'?s node affinity|didn'?t find available persistent volumes to bind)/i.test(
        text,
      )
        ? {}
        : undefined;
    },
  ],
  [
    'node-selector-mismatch',
    text =>
      /node\(s\) didn'?t match (?:Pod'?s )?node (?:affinity\/selector|selector)|MatchNodeSelector/i.test(
        text,
      )
        ? {}
        : undefined,
  ],
  [
    'untolerated-taint',
    text => {
      const match = TAINT.exec(text);
      return match
        ? { taint: (match[1] ?? match[2])?.trim().replace(/:\s*$/, '') }
        : undefined;
    },
  ],
  [
    'anti-affinity-unsatisfied',
    text =>
      /node\(s\) didn'?t match pod anti-affinity rules|didn'?t satisfy existing pods anti-affinity rules|didn'?t match pod topology spread constraints/i.test(
        text,
      )
        ? {}
        : undefined,
  ],
  [
    'insufficient-cpu-memory',
    text =>
      insufficient(text, 'core') ??
      (/Too many pods/i.test(text)
        ? { resource: 'pod slots', slots: 'yes' }
        : undefined),
  ],
];

/**
 * Reads a scheduler's message clause by clause. One message speaks of every node, and what it says of most of
 * them is often background (control-plane taints, cordoned nodes).
 */
export function readSchedulerMessage(
  message: string,
): SchedulingVerdict | undefined {
  const clauses = splitClauses(message);
  const hasInsufficient = clauses.some(({ text }) => INSUFFICIENT.test(text));
  const telling = clauses.filter(
    ({ text }) => !isBackground(text, hasInsufficient),
  );
  const relevant = withoutLesserShortages(
    telling.length > 0 ? telling : clauses,
    clauses,
    Number(HEAD.exec(message)?.[1]),
  );
  for (const [id, read] of RANKED) {
    for (const clause of relevant) {
      const detail = read(clause.text);
      if (detail) {
        return { id, detail: { ...detail, nodes: clause.nodes?.toString() } };
      }
    }
  }
  return undefined;
}

/**
 * Leaves out what is short on some nodes where something else is short on every node that is left: a node
 * without GPUs has no RDMA device either and is counted for both, but only what is short everywhere keeps the
 * pod from its place.
 */
function withoutLesserShortages(
  relevant: Clause[],
  all: Clause[],
  nodes: number,
): Clause[] {
  // A node that fails an earlier filter is counted there only; those that are left may be short of several things.
  const left = all
    .filter(({ text }) => !isShortage(text))
    .reduce((sum, clause) => sum - (clause.nodes ?? 0), nodes);
  const isEverywhere = (clause: Clause) => (clause.nodes ?? 0) >= left;
  const everywhere = relevant.some(
    clause => isShortage(clause.text) && isEverywhere(clause),
  );
  return left > 0 && everywhere
    ? relevant.filter(
        clause => !isShortage(clause.text) || isEverywhere(clause),
      )
    : relevant;
}

function isShortage(text: string): boolean {
  return INSUFFICIENT.test(text) || /Too many pods/i.test(text);
}

function splitClauses(message: string): Clause[] {
  const text = message
    .replace(HEAD, '')
    .replace(/(?:no new claims to deallocate|preemption:)[\s\S]*$/, '');
  return text
    .split(/, (?=\d+ )/)
    .map(part => {
      const clean = part.trim().replace(/[.,\s]+$/, '');
      const match = /^(\d+) (.+)$/s.exec(clean);
      return match
        ? { nodes: Number(match[1]), text: match[2] }
        : { text: clean };
    })
    .filter(({ text: clause }) => clause !== '');
}

function isBackground(text: string, hasInsufficient: boolean): boolean {
  if (/node\(s\) were unschedulable/i.test(text)) {
    return true;
  }
  const taint = TAINT.exec(text);
  if (!taint) {
    return false;
  }
  const name = taint[1] ?? taint[2];
  return name === undefined
    ? hasInsufficient
    : BACKGROUND_TAINT.test(name.trim());
}

function insufficient(
  text: string,
  kind: 'core' | 'gpu' | 'rdma',
): Detail | undefined {
  const resource = INSUFFICIENT.exec(text)?.[1];
  return resource !== undefined && classifyResource(resource) === kind
    ? { resource }
    : undefined;
}
