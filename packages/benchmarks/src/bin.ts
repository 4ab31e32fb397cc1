import { parseArgs } from 'node:util';
import type { Result } from './harness/Results';
import { readResults, writeResults } from './harness/Results';
import { loadNow, machine } from './harness/machine';
import { runScenarios } from './harness/runScenarios';
import { tableOf } from './harness/table';
import { SCENARIOS } from './scenarios/all';

const HELP = `yarn bench [--quick] [--only=NAME[,NAME]] [--size=LABEL] [--out=FILE] [--check] [--profiles=DIR] [--list]

  --quick  small sizes and few repetitions: everything within three minutes
  --only   these scenarios alone
  --size   this size alone
  --out    JSON file; results that it has and that are not measured anew stay in it (bench-results.json)
  --check  exit code 1 where a ratio between contenders misses its bar
  --profiles  folder for CPU profiles of the portals' whole lives; profiling costs time, so judge no figures of such a run
  --list   the scenarios and their sizes`;

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      only: { type: 'string' },
      profiles: { type: 'string' },
      size: { type: 'string' },
      out: { type: 'string', default: 'bench-results.json' },
    },
  });
  if (values.help) {
    say(HELP);
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
  try {
    await runScenarios({
      scenarios,
      mode,
      size: values.size,
      profiles: values.profiles,
      say,
      onResult: result => results.push(result),
    });
  } finally {
    // What was measured before a failure is kept.
    writeResults(values.out, results);
  }
  process.stdout.write(`${tableOf(results)}\n`);
  say(
    `Written to ${values.out}, which holds ${
      readResults(values.out).length
    } results`,
  );
  if (values.check) check(results);
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
