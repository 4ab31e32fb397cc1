import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result, Results } from '../harness/Results';
import { repositoryFile } from '../repositoryFile';

function result(scale: number, ours: number): Result {
  const figures = { p95: ours, p99: ours, samples: 3 };
  return {
    scenario: 'status-read',
    size: `${scale} services`,
    scale,
    metric: 'latency',
    unit: 'ms',
    mode: 'full',
    measuredAt: '2026-11-22T10:00:00.000Z',
    load: 1.5,
    contenders: [
      { role: 'ours', name: 'status', median: ours, ...figures, toPeer: 0.5 },
      { role: 'peer', name: 'polling', median: ours * 2, ...figures },
    ],
    bars: [
      { bar: 'p99 <= 5 ms', value: ours, met: ours <= 5, relative: false },
    ],
  };
}

/** In a process of its own, as from the command line: Jest cannot load what draws the plots. */
describe('yarn bench --publish', () => {
  const directory = mkdtempSync(join(tmpdir(), 'publish-'));

  afterAll(() => rmSync(directory, { recursive: true }));

  const write = (results: Result[]): string => {
    const content: Results = {
      machine: {
        processor: 'Abacus',
        cores: 2,
        memoryGiB: 24,
        system: 'linux',
        node: 'v24',
      },
      results,
    };
    const file = join(directory, 'results.json');
    writeFileSync(file, JSON.stringify(content));
    execFileSync(process.execPath, [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      repositoryFile('packages/benchmarks/src/bin.ts'),
      `--publish=${directory}`,
      `--out=${file}`,
    ]);
    return readFileSync(join(directory, 'results.md'), 'utf8');
  };

  it('writes machine, missed bars, every figure and how it grows', () => {
    const page = write([result(10, 1), result(100, 10), result(1000, 100)]);
    expect(page).toContain('- Machine: Abacus, 2 cores, 24 GiB');
    expect(page).toContain('1 of 3 bars are met');
    expect(page).toContain(
      '| 100 services | status | 10 | 10 | 10 | 0.5 |  | **missed**: p99 <= 5 ms (10) |',
    );
    expect(page).toContain('Exponents: status 1.00, polling 1.00.');
    expect(page).toContain('(status-read-latency.svg)');
  });

  it('draws what was measured at three sizes, as a picture that stands alone', () => {
    write([result(10, 1), result(100, 10), result(1000, 100)]);
    const svg = readFileSync(
      join(directory, 'status-read-latency.svg'),
      'utf8',
    );
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg.match(/<g aria-label="dot"[^]*?<\/g>/)?.[0]).toContain('M');
    expect(svg).toContain('polling, exponent 1.00');
  });

  it('takes away the plots of figures that are measured no more', () => {
    write([result(10, 1), result(100, 10)]);
    expect(readdirSync(directory)).toEqual(['results.json', 'results.md']);
  });
});
