import type {
  PoolHealth,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';
import { countMarks, poolMarks } from './poolMarks';

/**
 * The tone of a pool: by its counts first, then by what its pods do. The pool of a stopped service misses nothing,
 * and one of a service on its way may have no pods yet.
 */
export function poolTone(pool: PoolHealth, verdict: Verdict): ToneName {
  const { desired, ready } = pool;
  if (verdict === 'Stopped' || desired === null || ready === null) {
    return 'neutral';
  }
  if (ready >= desired && desired > 0) {
    return 'positive';
  }
  const { failing, starting } = countMarks(poolMarks(pool));
  if (failing === 0 && (starting > 0 || verdict === 'Progressing')) {
    return 'announcement';
  }
  if (desired === 0) {
    return 'neutral';
  }
  return ready === 0 ? 'negative' : 'warning';
}
