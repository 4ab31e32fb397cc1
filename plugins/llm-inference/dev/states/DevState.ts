import type { EntityStatus } from 'backstage-plugin-llm-inference-common';

/** What the scripted backend says about the entity in one state; `undefined` is no answer yet. */
export interface DevState {
  answer: EntityStatus | Error | undefined;
  /** Where the stream fails: whether reading goes on, or the backend is away. */
  stream?: 'Polling' | 'Away';
}
