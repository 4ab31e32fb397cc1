import { startFleet } from '../fleet/startFleet';
import type { FleetHandle } from '../fleet/FleetSize';
import { resultOf } from './Results';
import type { Result } from './Results';
import type { Measurement, Mode, Scenario, Size } from './Scenario';

/** What is to be run. */
export interface RunOptions {
  scenarios: readonly Scenario[];
  mode: Mode;
  /** Only sizes with these labels; all where absent. */
  sizes?: readonly string[];
  /** Scenarios at sizes that need not be measured, because that was done before. */
  isDone?(scenario: Scenario, size: Size): boolean;
  /** After so many minutes nothing more is begun. */
  minutes?: number;
  say(words: string): void;
  /** Folder for CPU profiles of scenarios that miss a bar, which are run once more for it; none where absent. */
  profiles?: string;
  /** Told of every result as it comes. */
  onResult(result: Result): void;
}

/** What came of it, apart from the results. */
export interface RunOutcome {
  /** Scenarios at sizes that ended with an error, and with which. */
  failed: string[];
  /** Scenarios at sizes for which there was no time. */
  leftOut: string[];
}

interface Step {
  scenario: Scenario;
  size: Size;
}

/**
 * Runs the scenarios one after the other. Those of one fleet run together, from small fleets to large ones,
 * so that no fleet is started twice and no two are there at once. One that fails does not stop the others.
 */
export async function runScenarios(options: RunOptions): Promise<RunOutcome> {
  const outcome: RunOutcome = { failed: [], leftOut: [] };
  const endAt = performance.now() + (options.minutes ?? Infinity) * 60_000;
  const isLate = () => performance.now() >= endAt;
  for (const steps of groupByFleet(options)) {
    if (isLate()) outcome.leftOut.push(...steps.map(nameOf));
    else await runTogether(steps, options, { outcome, isLate });
  }
  return outcome;
}

async function runTogether(
  steps: readonly Step[],
  options: RunOptions,
  { outcome, isLate }: { outcome: RunOutcome; isLate(): boolean },
): Promise<void> {
  const { say, profiles } = options;
  let started: Promise<FleetHandle> | undefined;
  const fleetFor = async ({ scenario, size }: Step) => {
    if (!size.fleet) {
      throw new Error(
        `The scenario ${scenario.name} asks for a fleet, but its size ${size.label} has none`,
      );
    }
    started ??= startFleet(size.fleet, { say });
    return await started;
  };
  for (const step of steps) {
    if (isLate()) {
      outcome.leftOut.push(nameOf(step));
      continue;
    }
    const startedAt = performance.now();
    say(`${nameOf(step)} …`);
    try {
      const isMissed = await runStep(step, options, () => fleetFor(step));
      if (isMissed && profiles && started) {
        await profileStep(step, options, await started);
      }
    } catch (error) {
      outcome.failed.push(`${nameOf(step)}: ${error}`);
      say(error instanceof Error ? `${error.stack}` : String(error));
    }
    say(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  // Where it could not be started, each of its steps has said so.
  const fleet = await started?.catch(() => undefined);
  await fleet?.close();
}

/** Answers whether a bar is missed. */
async function runStep(
  { scenario, size }: Step,
  { mode, say, onResult }: RunOptions,
  fleet: () => Promise<FleetHandle>,
): Promise<boolean> {
  const measurements = await scenario.measure({ mode, size, say, fleet });
  const results = measurements.map((measurement: Measurement) =>
    resultOf(scenario, size, mode, measurement),
  );
  results.forEach(onResult);
  return results.some(({ bars }) => bars.some(({ met }) => !met));
}

/** Once more, with the profiler; what is measured meanwhile is thrown away. */
async function profileStep(
  step: Step,
  { say, profiles = '.' }: RunOptions,
  fleet: FleetHandle,
): Promise<void> {
  const { scenario, size } = step;
  say(`  a bar is missed: once more, with a profile`);
  const profiled = await fleet.profiled(
    `${profiles}/${nameOf(step).replace(/[^A-Za-z0-9]+/g, '-')}`,
    again =>
      scenario.measure({ mode: 'quick', size, say, fleet: async () => again }),
  );
  profiled.forEach(file => say(`  ${file}`));
}

function nameOf({ scenario, size }: Step): string {
  return `${scenario.name}, ${size.label}`;
}

function groupByFleet({
  scenarios,
  mode,
  sizes,
  isDone,
}: RunOptions): Step[][] {
  const groups = new Map<string, Step[]>();
  for (const scenario of scenarios) {
    for (const candidate of scenario.sizes(mode)) {
      if (sizes && !sizes.includes(candidate.label)) continue;
      if (isDone?.(scenario, candidate)) continue;
      const key = JSON.stringify(candidate.fleet ?? scenario.name);
      const steps = groups.get(key) ?? [];
      groups.set(key, steps);
      steps.push({ scenario, size: candidate });
    }
  }
  const pods = ([
    {
      size: { fleet },
    },
  ]: Step[]) => (fleet ? fleet.services * fleet.podsPerService : 0);
  return [...groups.values()].sort((a, b) => pods(a) - pods(b));
}
