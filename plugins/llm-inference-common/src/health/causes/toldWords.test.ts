import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { assessService } from '../assessService';
import { SCENARIO_OBSERVATIONS } from '../__testUtils__/causeScenarios';
import { loadScenarios } from '../__testUtils__/loadScenarios';
import type { Cause, ServingHealth, SummaryPart } from '../ServingHealth';

/**
 * Every shape in which causes and summaries are told as data, by example: what other languages have to have
 * words for. Written anew with WRITE_TOLD=1.
 */
const FILE = join(__dirname, '..', '__fixtures__', 'told.json');

interface Told {
  causes: Array<Pick<Cause, 'id' | 'title' | 'explanation' | 'remedy'>>;
  summaries: Array<Pick<ServingHealth, 'verdict' | 'summary' | 'summaryParts'>>;
}

/** Codes decide what is said; all other words only stand in it. */
const CODES = /^(?:code|missing|other|stage|container|kind|pool|reason)$/;

function shapeOf(words: Record<string, string> = {}): string {
  return Object.entries(words)
    .map(([name, value]) => (CODES.test(name) ? `${name}=${value}` : name))
    .sort()
    .join(' ');
}

function tellAll(): Told {
  const causes = new Map<string, Told['causes'][number]>();
  const summaries = new Map<string, Told['summaries'][number]>();
  const observations = [...SCENARIO_OBSERVATIONS, ...loadScenarios()];
  for (const observation of observations) {
    const health = assessService(observation);
    for (const cause of health.causes) {
      const { subjects: _subjects, evidence: _evidence, ...told } = cause;
      const key = `${cause.id} ${shapeOf(cause.words)}`;
      if (!causes.has(key)) causes.set(key, told);
    }
    const { verdict, summary, summaryParts = [] } = health;
    const key = summaryParts
      .map(
        ({ says, cause, words }: SummaryPart) =>
          `${says} ${cause ?? shapeOf(words)}`,
      )
      .join('; ');
    if (!summaries.has(key))
      summaries.set(key, { verdict, summary, summaryParts });
  }
  const sorted = <T>(map: Map<string, T>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, told]) => told);
  return { causes: sorted(causes), summaries: sorted(summaries) };
}

it('tells causes and summaries in the shapes that other languages know', () => {
  const told = tellAll();
  if (process.env.WRITE_TOLD) {
    writeFileSync(FILE, `${JSON.stringify(told, null, 2)}\n`);
  }
  expect(told).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});
