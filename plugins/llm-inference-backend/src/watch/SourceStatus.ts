import type { SourceState } from 'backstage-plugin-llm-inference-common';

/** The state of one source at one moment. */
export interface SourceStatus {
  state: SourceState;
  /** Milliseconds since the epoch: since when the state holds; for `Stale`, when the source was last seen. */
  since: number;
  message?: string;
}

/** From the state that hides the most to the one that hides nothing. */
const WORST_FIRST: SourceState[] = [
  'Unsupported',
  'AuthFailed',
  'Unreachable',
  'Forbidden',
  'Stale',
  'Syncing',
  'NotServed',
  'Live',
];

/** The state that stands for several sources of one thing: the worst, since its beginning. */
export function worstStatus(statuses: SourceStatus[]): SourceStatus {
  const [worst] = [...statuses].sort(
    (a, b) =>
      WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) ||
      a.since - b.since,
  );
  return worst;
}
