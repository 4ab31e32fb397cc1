import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadNow, machine } from './machine';
import type { Machine } from './machine';
import { judge } from './judge';
import type { Judgement } from './judge';
import type { Measurement, Mode, Role, Scenario, Size } from './Scenario';
import { summarize } from './statistics';
import type { Summary } from './statistics';

/** What came out for one contender. */
export interface ContenderResult extends Summary {
  role: Role;
  name: string;
  /** Median divided by the median of the peer; absent where there is none. */
  toPeer?: number;
  /** Median divided by the median of the first floor; absent where there is none. */
  toFloor?: number;
}

/** One measurement, summarized. */
export interface Result {
  scenario: string;
  size: string;
  scale: number;
  metric: string;
  unit: string;
  mode: Mode;
  measuredAt: string;
  /** Load average of the machine over the last minute, when the measurement ended. */
  load: number;
  higherIsBetter?: true;
  note?: string;
  contenders: ContenderResult[];
  bars: Judgement[];
}

/** What is written to the JSON file. */
export interface Results {
  machine: Machine;
  results: Result[];
}

/** Puts a measurement into figures. */
export function resultOf(
  scenario: Scenario,
  size: Size,
  mode: Mode,
  measurement: Measurement,
): Result {
  const summaries = measurement.contenders.map(({ role, name, samples }) => ({
    role,
    name,
    ...summarize(samples),
  }));
  const medianOf = (role: Role) =>
    summaries.find(summary => summary.role === role)?.median;
  const peer = medianOf('peer');
  const floor = medianOf('floor');
  return {
    scenario: scenario.name,
    size: size.label,
    scale: size.scale,
    metric: measurement.metric,
    unit: measurement.unit,
    mode,
    measuredAt: new Date().toISOString(),
    load: loadNow(),
    ...(measurement.higherIsBetter ? { higherIsBetter: true } : {}),
    ...(measurement.note ? { note: measurement.note } : {}),
    contenders: summaries.map(summary => ({
      ...summary,
      ...ratio('toPeer', summary, summary.role === 'peer' ? undefined : peer),
      ...ratio(
        'toFloor',
        summary,
        summary.role === 'floor' ? undefined : floor,
      ),
    })),
    bars: judge(measurement),
  };
}

function ratio(
  name: 'toPeer' | 'toFloor',
  { median }: Summary,
  other: number | undefined,
) {
  return other ? { [name]: median / other } : {};
}

/** What was written before. @throws where there is no such file */
export function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

/** Writes results; those of other scenarios and sizes that the file has already stay in it. */
export function writeResults(file: string, results: readonly Result[]): void {
  const earlier = existsSync(file) ? readResults(file).results : [];
  const key = ({ scenario, size, metric }: Result) =>
    JSON.stringify([scenario, size, metric]);
  const merged = new Map(
    [...earlier, ...results].map(result => [key(result), result]),
  );
  const content: Results = {
    machine: machine(),
    results: [...merged.values()],
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
