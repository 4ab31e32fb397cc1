import { startFleet } from '../fleet/startFleet';
import type { FleetHandle } from '../fleet/FleetSize';
import { resultOf } from './Results';
import type { Result } from './Results';
import type { Mode, Scenario, Size } from './Scenario';

/** What is to be run. */
export interface RunOptions {
  scenarios: readonly Scenario[];
  mode: Mode;
  /** Only sizes with these labels; all where absent. */
  sizes?: readonly string[];
  say(words: string): void;
  /** Folder for the CPU profiles of the portals; none are taken where absent. */
  profiles?: string;
  /** Told of every result as it comes. */
  onResult(result: Result): void;
}

interface Step {
  scenario: Scenario;
  size: Size;
}

/**
 * Runs the scenarios one after the other. Those of one fleet run together, from small fleets to large ones,
 * so that no fleet is started twice and no two are there at once.
 */
export async function runScenarios(options: RunOptions): Promise<void> {
  for (const steps of groupByFleet(options)) {
    await runTogether(steps, options);
  }
}

async function runTogether(
  steps: readonly Step[],
  { mode, say, profiles, onResult }: RunOptions,
): Promise<void> {
  let started: Promise<FleetHandle> | undefined;
  const fleetFor = async ({ scenario, size }: Step) => {
    if (!size.fleet) {
      throw new Error(
        `The scenario ${scenario.name} asks for a fleet, but its size ${size.label} has none`,
      );
    }
    started ??= startFleet(size.fleet, { say, profiles });
    return await started;
  };
  try {
    for (const step of steps) {
      const { scenario, size } = step;
      const startedAt = performance.now();
      say(`${scenario.name}, ${size.label} …`);
      const fleet = () => fleetFor(step);
      for (const measurement of await scenario.measure({
        mode,
        size,
        say,
        fleet,
      })) {
        onResult(resultOf(scenario, size, mode, measurement));
      }
      say(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }
  } finally {
    await (await started)?.close();
  }
}

function groupByFleet({ scenarios, mode, sizes }: RunOptions): Step[][] {
  const groups = new Map<string, Step[]>();
  for (const scenario of scenarios) {
    for (const candidate of scenario.sizes(mode)) {
      if (sizes && !sizes.includes(candidate.label)) continue;
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
