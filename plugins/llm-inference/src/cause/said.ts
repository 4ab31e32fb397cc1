import { CAUSE_IDS } from 'backstage-plugin-llm-inference-common';
import type { CauseId } from 'backstage-plugin-llm-inference-common';

/** English is what the backend speaks: its words go through as they are. */
const asSaid = Object.fromEntries(
  Object.values(CAUSE_IDS)
    .flat()
    .map(id => [id, '{{title}}']),
) as Record<CauseId, '{{title}}'>;

/**
 * What the backend says in English, for other languages to say in theirs. They may use the words of the backend
 * and the numbers that come with them.
 */
export const saidTexts = {
  cause: asSaid,
  healthy: '{{summary}}',
  healthyEngine: '{{summary}}',
  stopped: '{{summary}}',
} as const;
