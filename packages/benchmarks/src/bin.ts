import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Result } from './harness/Results';
import { readResults, writeResults } from './harness/Results';
import { loadNow, machine } from './harness/machine';
import { publish } from './publish/publish';
import { runScenarios } from './harness/runScenarios';
import { tableOf } from './harness/table';
import { SCENARIOS } from './scenarios/all';

const HELP = `yarn bench [OPTION …]

  --quick         small sizes and few repetitions: everything within three minutes
  --only=NAMES    these scenarios alone, separated by commas
  --size=LABEL    this size alone; may be given several times
  --out=FILE      JSON file; results that it has and that are not measured anew stay in it (bench-results.json)
  --check         exit code 1 where a ratio between contenders misses its bar
  --resume        leaves out what the JSON file has already
  --minutes=N     begins nothing more after so many minutes; the rest is for --resume
  --profiles=DIR  where a bar is missed, runs the scenario once more and writes a CPU profile of our portal and its summary
  --publish=DIR   measures nothing: writes the page of results and its plots from the JSON file
  --list          the scenarios and their sizes`;

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      publish: { type: 'string' },
      help: { type: 'boolean', default: false },
      only: { type: 'string' },
      profiles: { type: 'string' },
      resume: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      size: { type: 'string', multiple: true },
      out: { type: 'string', default: 'bench-results.json' },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  if (values.publish !== undefined) {
    const { machine: where, results: all } = readResults(values.out);
    // A quick look is no figure to be shown.
    const results = all.filter(result => result.mode === 'full');
    if (results.length === 0) {
      throw new Error(`${values.out} has no results of a full run`);
    }
    publish({ machine: where, results }, SCENARIOS, values.publish);
    say(`Written to ${values.publish}`);
    return;
  }
  const mode = values.quick ? 'quick' : 'full';
  const scenarios = chosen(values.only);
  if (values.list) {
    for (const { name, title, sizes } of scenarios) {
      const labels = sizes(mode).map(({ label }) => label);
      say(`${name}: ${title}\n    ${labels.join(' · ')}`);
    }
    return;
  }
  const { processor, cores, memoryGiB, node } = machine();
  say(
    `${processor}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, load ${loadNow()}`,
  );
  const results: Result[] = [];
  const earlier = values.resume ? earlierResults(values.out) : [];
  const { failed, leftOut } = await runScenarios({
    scenarios,
    mode,
    sizes: values.size,
    profiles: values.profiles,
    minutes: values.minutes === undefined ? undefined : minutes(values.minutes),
    isDone: (scenario, size) =>
      earlier.some(
        result =>
          result.scenario === scenario.name &&
          result.size === size.label &&
          result.mode === mode,
      ),
    say,
    onResult(result) {
      results.push(result);
      // At once: what was measured before a failure is kept.
      writeResults(values.out, [result]);
    },
  });
  process.stdout.write(`${tableOf(results)}\n`);
  say(
    `Written to ${values.out}, which holds ${
      readResults(values.out).results.length
    } results`,
  );
  if (leftOut.length) {
    say(`No time for ${leftOut.join('; ')}. Go on with --resume`);
  }
  if (values.check) check(results);
  if (failed.length) {
    failed.forEach(words => say(`FAILED ${words}`));
    process.exitCode = 1;
  }
}

function minutes(words: string): number {
  const number = Number(words);
  if (!(number > 0)) {
    throw new Error(`--minutes is ${words}; it takes a number above 0`);
  }
  return number;
}

function earlierResults(file: string): Result[] {
  return existsSync(file) ? readResults(file).results : [];
}

function chosen(only: string | undefined) {
  const names = only?.split(',');
  const unknown = names?.find(
    name => !SCENARIOS.some(scenario => scenario.name === name),
  );
  if (unknown !== undefined) {
    throw new Error(
      `There is no scenario ${unknown}; there are ${SCENARIOS.map(
        ({ name }) => name,
      ).join(', ')}`,
    );
  }
  return SCENARIOS.filter(({ name }) => names?.includes(name) ?? true);
}

/** Absolute figures are shown and not judged: they belong to a machine. */
function check(results: readonly Result[]) {
  const missed = results.flatMap(({ scenario, size, metric, bars }) =>
    bars
      .filter(({ relative, met }) => relative && !met)
      .map(
        ({ bar, value }) =>
          `${scenario}, ${size}, ${metric}: ${bar}, but it is ${value}`,
      ),
  );
  missed.forEach(words => say(`MISSED ${words}`));
  say(missed.length ? `${missed.length} bars are missed` : 'Every bar is met');
  process.exitCode = missed.length ? 1 : 0;
}

function say(words: string) {
  process.stderr.write(`${words}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
