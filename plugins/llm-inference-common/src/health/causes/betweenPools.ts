import type { Facts, PoolFacts } from '../facts/Facts';
import type { Finding } from './CauseDefinition';

/** Causes of KV transfer between running engines; a service without prefill has none. */
export function betweenPools(
  find: (facts: Facts, decode: PoolFacts, prefill: PoolFacts) => Finding[],
) {
  return (facts: Facts): Finding[] =>
    facts.prefill ? find(facts, facts.decode, facts.prefill) : [];
}
