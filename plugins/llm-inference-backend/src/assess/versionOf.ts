import { createHash } from 'node:crypto';
import type {
  Cause,
  Evidence,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';

const NUMBER = /\d+(?:\.\d+)?/g;

/**
 * Names what is shown of a service: everything but the time of the look, and of what is measured only its
 * size. Under traffic every look counts other requests, and each would otherwise be a new version for every
 * card, list and cache. A rate counts in steps of about a quarter, a count in steps of two: what an open page
 * shows is never further from the newest numbers than that, and whoever asks anew gets those. Equal for equal
 * health, so it knows no history: a number on the edge of a step may go back and forth.
 */
export function versionOf(health: ServingHealth, description: object): string {
  const {
    observedAt: _time,
    summary,
    // The same as the summary.
    summaryParts: _parts,
    causes,
    kvTransfer,
    ...shown
  } = health;
  const { bytesPerSecond, evidence, ...kv } = kvTransfer;
  return createHash('sha1')
    .update(
      JSON.stringify([
        shown,
        // Pods that it counts are counted above, too.
        inSteps(summary),
        causes.map(steadyCause),
        kv,
        bytesPerSecond && stepOf(bytesPerSecond, 1.25),
        evidence.map(steadyEvidence),
        description,
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}

/** Its words are in its texts already. */
function steadyCause({ words: _words, ...cause }: Cause): Cause {
  const { evidence, explanation } = cause;
  return evidence.some(({ kind }) => kind === 'Metric')
    ? {
        ...cause,
        explanation: inSteps(explanation),
        evidence: evidence.map(steadyEvidence),
      }
    : cause;
}

function steadyEvidence(evidence: Evidence): Evidence {
  return evidence.kind === 'Metric'
    ? { ...evidence, quote: inSteps(evidence.quote) }
    : evidence;
}

function inSteps(text: string): string {
  return text.replace(NUMBER, number => `~${stepOf(Number(number), 2)}`);
}

/** Zero is a step of its own: nothing is not little. */
function stepOf(value: number, factor: number): number | 'none' {
  return value > 0 ? Math.round(Math.log(value) / Math.log(factor)) : 'none';
}
