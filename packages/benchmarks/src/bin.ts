import { Bench, type Task } from 'tinybench';

import { addAssessService, ASSESS_SIZES } from './scenarios/assessService';
import {
  addGenerateAndLint,
  GENERATE_AND_LINT,
  GENERATE_AND_LINT_LIMIT_MS,
} from './scenarios/generateAndLint';

/** Largest median per task, in milliseconds; the run fails above it. */
const LIMITS = new Map<string, number | undefined>([
  [GENERATE_AND_LINT, GENERATE_AND_LINT_LIMIT_MS],
  ...ASSESS_SIZES.map(({ name, limit }) => [name, limit] as const),
]);

/** Measures every scenario and prints the medians; exit code 1 where one is above its limit. */
async function main() {
  // One after the other, so that no task pays for collecting the garbage of another's input.
  const setups = [
    (bench: Bench) => addGenerateAndLint(bench),
    ...ASSESS_SIZES.map(
      size => (bench: Bench) => addAssessService(bench, [size]),
    ),
  ];
  const tasks: Task[] = [];
  for (const setUp of setups) {
    const bench = new Bench({ time: 1000, warmupTime: 300 });
    setUp(bench);
    tasks.push(...(await bench.run()));
  }
  const rows = tasks.map(({ name, result }) => {
    const latency = 'latency' in result ? result.latency : undefined;
    const limit = LIMITS.get(name);
    return {
      task: name,
      'median ms': latency && Number(latency.p50.toFixed(3)),
      'p99 ms': latency && Number(latency.p99.toFixed(3)),
      'limit ms': limit,
      passed: latency !== undefined && latency.p50 <= (limit ?? Infinity),
    };
  });
  for (const row of rows) {
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
