import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type { Timeline, Verdict } from 'backstage-plugin-llm-inference-common';

/** Which share of a window had which verdict, worst first; without a verdict nobody was looking. */
export function timelineSummary({
  availability: { seconds, unobservedSeconds },
}: Timeline): Array<{ verdict?: Verdict; share: number }> {
  const observed = Object.values(seconds).reduce((sum, each) => sum + each, 0);
  const whole = observed + unobservedSeconds;
  if (whole === 0) {
    return [];
  }
  const shares = [...VERDICTS].reverse().flatMap(verdict => {
    const share = (seconds[verdict] ?? 0) / whole;
    return share > 0 ? [{ verdict, share }] : [];
  });
  return unobservedSeconds > 0
    ? [...shares, { share: unobservedSeconds / whole }]
    : shares;
}
