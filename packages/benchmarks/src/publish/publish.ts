import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../harness/Results';
import type { Scenario } from '../harness/Scenario';
import { plotResults } from './plotResults';
import { isDrawn, plotName, resultsPage } from './resultsPage';
import { seriesOf } from './series';

/** Writes plots and the page of results to a folder; plots of an earlier time go. */
export function publish(
  results: Results,
  scenarios: readonly Scenario[],
  directory: string,
): void {
  mkdirSync(directory, { recursive: true });
  for (const file of readdirSync(directory)) {
    if (file.endsWith('.svg')) rmSync(join(directory, file));
  }
  for (const series of seriesOf(results.results).filter(isDrawn)) {
    writeFileSync(
      join(directory, plotName(series)),
      plotResults(series.results),
    );
  }
  writeFileSync(join(directory, 'results.md'), resultsPage(results, scenarios));
}
