import type { Freshness } from 'backstage-plugin-llm-inference-common';
import type { LiveConnection } from '../live/LiveStatusApi';

/** What can be said about how fresh a status is. */
export type FreshnessKind =
  | 'live'
  | 'polling'
  | 'connecting'
  | 'syncing'
  | 'stale'
  | 'away';

/** Whether what is shown may no longer be so. */
export function isOld(kind: FreshnessKind): boolean {
  return kind === 'stale' || kind === 'away';
}

/** The weakest link decides: first the way to the backend, then the backend's way to the cluster. */
export function freshnessKind(
  freshness: Freshness,
  connection: LiveConnection,
): FreshnessKind {
  if (connection === 'Away') {
    return 'away';
  }
  if (freshness.state === 'Stale') {
    return 'stale';
  }
  if (freshness.state === 'Syncing') {
    return 'syncing';
  }
  if (connection === 'Polling') {
    return 'polling';
  }
  return connection === 'Live' ? 'live' : 'connecting';
}
