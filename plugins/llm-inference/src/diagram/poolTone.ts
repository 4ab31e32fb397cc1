import type { PoolHealth } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';
import { countMarks, poolMarks } from './poolMarks';

/** The tone of a pool: by its counts first, then by what its pods do. A stopped pool misses nothing. */
export function poolTone(pool: PoolHealth, isStopped: boolean): ToneName {
  const { desired, ready } = pool;
  if (isStopped || desired === null || ready === null) {
    return 'neutral';
  }
  if (ready >= desired && desired > 0) {
    return 'positive';
  }
  const { failing, starting } = countMarks(poolMarks(pool));
  if (failing === 0 && starting > 0) {
    return 'announcement';
  }
  if (desired === 0) {
    return 'neutral';
  }
  return ready === 0 ? 'negative' : 'warning';
}
