/** English is what the backend and the core speak: their sentences go through as they are. */
const AS_SAID = '{{said}}';

/** Texts that say in English what was said, for other languages to say in theirs. */
export function asSaid<K extends string>(keys: readonly K[]) {
  return Object.fromEntries(keys.map(key => [key, AS_SAID])) as Record<
    K,
    typeof AS_SAID
  >;
}
