import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ClusterStatus,
  EntityStatus,
} from 'backstage-plugin-llm-inference-common';

/**
 * How the data reaches this browser tab: pushed (`Live`), read again and again because the stream cannot
 * be held open (`Polling`), not at all at the moment (`Away`), or not yet (`Connecting`).
 *
 * @public
 */
export type LiveConnection = 'Connecting' | 'Live' | 'Polling' | 'Away';

/** The last known status of an entity, and how well it is kept up to date. @public */
export interface LiveEntityStatus {
  connection: LiveConnection;
  /** Absent until the first answer. Kept when the backend goes away. */
  status?: EntityStatus;
  /** Why the backend refused to answer for this entity, or why there is no status yet. */
  error?: Error;
  /** When the backend last said something about the entity; milliseconds since the epoch. */
  seenAt?: number;
}

/** Whether the fleet has changed, and how well it is kept up to date. @public */
export interface LiveFleet {
  connection: LiveConnection;
  /** Grows whenever lists of services should be read again. */
  revision: number;
  /** Absent until the stream has told them. */
  clusters?: ClusterStatus[];
}

/**
 * The live status of everything shown in this browser tab. However many cards there are, they share one
 * stream; it rests while the tab is hidden.
 *
 * @public
 */
export interface LiveStatusApi {
  /** Keeps an entity's status up to date until the returned function is called. */
  watchEntity(entityRef: string, listener: () => void): () => void;
  /** What is known of a watched entity now; the same object until it changes. */
  entity(entityRef: string): LiveEntityStatus;
  /** Reads an entity again now. */
  refreshEntity(entityRef: string): void;
  /** Keeps the fleet up to date until the returned function is called. */
  watchFleet(listener: () => void): () => void;
  /** What is known of the fleet now; the same object until it changes. */
  fleet(): LiveFleet;
}

/** Reference to the live status of this browser tab. @public */
export const liveStatusApiRef = createApiRef<LiveStatusApi>().with({
  id: 'plugin.llm-inference.live-status',
  pluginId: 'llm-inference',
});
