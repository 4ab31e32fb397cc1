/** Measures once: one sample, or as many as the turn brought. */
export type Turn<Sample = number> = () =>
  | Promise<Sample | Sample[]>
  | Sample
  | Sample[];

/** How often everybody has a turn. */
export interface Rounds {
  /** Rounds whose samples are thrown away; 1 where absent. */
  warmUp?: number;
  rounds: number;
}

/**
 * Lets all contenders measure in turns, so that whatever else the machine does meets all of them alike.
 * Every round begins with another one.
 */
export async function alternate<Name extends string, Sample = number>(
  turns: Record<Name, Turn<Sample>>,
  { warmUp = 1, rounds }: Rounds,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(turns) as Name[];
  const samples = Object.fromEntries(
    names.map((name): [Name, Sample[]] => [name, []]),
  ) as Record<Name, Sample[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + round + warmUp) % names.length];
      const sample = await turns[name]();
      if (round < 0) continue;
      samples[name].push(...(Array.isArray(sample) ? sample : [sample]));
    }
  }
  return samples;
}

/** A turn that calls `work` for at least this long and answers the milliseconds of each call. */
export function timed(work: () => unknown, atLeastMs = 50): Turn {
  return async () => {
    const samples: number[] = [];
    const endAt = performance.now() + atLeastMs;
    let now: number;
    do {
      const startedAt = performance.now();
      await work();
      now = performance.now();
      samples.push(now - startedAt);
    } while (now < endAt);
    return samples;
  };
}
