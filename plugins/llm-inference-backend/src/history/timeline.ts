import type {
  Availability,
  Timeline,
  TimelineSegment,
  Transition,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import type { ObservedSpan } from './HistoryDatabase';

/** What a timeline is drawn from; times in milliseconds since the epoch. */
export interface TimelineInput {
  service: Timeline['service'];
  from: number;
  until: number;
  /** Oldest first. */
  transitions: Transition[];
  /** How the service stood when the window began; absent where it was not known. */
  before?: { verdict: Verdict; rootCause?: Transition['rootCause'] };
  spans: ObservedSpan[];
  truncated: boolean;
}

type State = Pick<TimelineSegment, 'verdict' | 'rootCause'>;

const ANSWERING: Verdict[] = ['Healthy', 'Degraded'];
const NOT_ANSWERING: Verdict[] = ['Unavailable', 'Missing'];

/** Draws the timeline of one service: where nobody looked there is no verdict, and no time counts. */
export function drawTimeline(input: TimelineInput): Timeline {
  const { service, from, until, transitions, truncated } = input;
  const segments = mergeEqual(
    states(input).flatMap(span => cutByObservation(span, input.spans)),
  );
  return {
    service,
    from: iso(from),
    until: iso(until),
    segments: segments.map(({ from: start, until: end, ...state }) => ({
      from: iso(start),
      until: iso(end),
      ...state,
    })),
    transitions,
    truncated,
    availability: availabilityOf(segments),
  };
}

type Span = { from: number; until: number } & State;

/** The window cut at every transition. */
function states({ from, until, transitions, before }: TimelineInput): Span[] {
  const spans: Span[] = [];
  let state: State = before ? pickState(before) : {};
  let start = from;
  for (const transition of transitions) {
    const at = Date.parse(transition.at);
    spans.push({ from: start, until: at, ...state });
    state = pickState(transition);
    start = at;
  }
  spans.push({ from: start, until, ...state });
  return spans.filter(span => span.until > span.from);
}

/** A span cut into what was observed and what was not. */
function cutByObservation(span: Span, observed: ObservedSpan[]): Span[] {
  const { from, until, ...state } = span;
  const pieces: Span[] = [];
  let start = from;
  for (const look of observed) {
    const begin = Math.max(look.from, start);
    const end = Math.min(look.until, until);
    if (end <= begin) continue;
    if (begin > start) pieces.push({ from: start, until: begin });
    pieces.push({ from: begin, until: end, ...state });
    start = end;
  }
  if (start < until) pieces.push({ from: start, until });
  return pieces;
}

function mergeEqual(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (
      last &&
      last.verdict === span.verdict &&
      last.rootCause === span.rootCause
    ) {
      last.until = span.until;
    } else {
      merged.push({ ...span });
    }
  }
  return merged;
}

function availabilityOf(spans: Span[]): Availability {
  const seconds: Availability['seconds'] = {};
  let unobservedSeconds = 0;
  for (const { from, until, verdict } of spans) {
    const length = (until - from) / 1000;
    if (verdict) seconds[verdict] = (seconds[verdict] ?? 0) + length;
    else unobservedSeconds += length;
  }
  const sum = (verdicts: Verdict[]) =>
    verdicts.reduce((total, verdict) => total + (seconds[verdict] ?? 0), 0);
  const answering = sum(ANSWERING);
  const counted = answering + sum(NOT_ANSWERING);
  return {
    seconds,
    unobservedSeconds,
    ratio: counted > 0 ? answering / counted : null,
  };
}

function pickState({ verdict, rootCause }: State): State {
  return { verdict, ...(rootCause ? { rootCause } : {}) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
