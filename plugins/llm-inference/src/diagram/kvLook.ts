import type { KvTransferHealth } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';

/** How the path between the pools is drawn. */
export interface KvLook {
  tone: ToneName;
  /** Whether anything can flow: an intact line, a line with a gap, or one of which nothing is known. */
  line: 'intact' | 'broken' | 'unknown';
}

/** What the path looks like, from its set-up and from what was measured. */
export function kvLook(kv: KvTransferHealth): KvLook {
  if (kv.configuration === 'Unknown') {
    return { tone: 'neutral', line: 'unknown' };
  }
  if (kv.configuration !== 'Paired' || kv.effectiveness === 'Bypassed') {
    return { tone: 'warning', line: 'broken' };
  }
  if (kv.effectiveness === 'Suspect') {
    return { tone: 'warning', line: 'intact' };
  }
  return {
    tone: kv.effectiveness === 'Effective' ? 'positive' : 'neutral',
    line: 'intact',
  };
}
