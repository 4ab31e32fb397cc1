/** An object of a fixture: as free to be changed as anything that JSON holds. */
export type Fixture = ReturnType<JSON['parse']>;

/** Parts of a service that run pods. */
export type Part = 'decode' | 'prefill' | 'scheduler';

export const NOW = '2026-11-22T10:00:00Z';
export const NAME = 'qwen';
export const NAMESPACE = 'llm';

export const SUFFIXES: Record<Part, string> = {
  decode: '-kserve',
  prefill: '-kserve-prefill',
  scheduler: '-kserve-router-scheduler',
};

/** Time that many minutes before the observation. */
export function ago(minutes: number): string {
  return new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
}

/** Age of what was not made for the scenario, in minutes. */
export const DAYS = 9 * 24 * 60;
