import type { Result, Results } from '../harness/Results';
import type { Scenario } from '../harness/Scenario';
import { number } from '../harness/table';
import { exponentsOf, seriesOf } from './series';
import type { Series } from './series';

/** What is measured keeps no more processes busy than this for each core. */
const BUSY_PER_CORE = 3;

/** Name of the plot of a figure. */
export function plotName({ scenario, metric }: Series): string {
  const words = `${scenario} ${metric}`.toLocaleLowerCase('en-US');
  return `${words.replace(/[^a-z0-9]+/g, '-')}.svg`;
}

/** Whether a figure was measured at enough sizes to be drawn. */
export function isDrawn({ results }: Series): boolean {
  return new Set(results.map(({ scale }) => scale)).size >= 3;
}

/** The page of all figures, written from the JSON file. */
export function resultsPage(
  { machine, results }: Results,
  scenarios: readonly Scenario[],
): string {
  const loads = results.map(({ load }) => load).sort((a, b) => a - b);
  const days = results.map(({ measuredAt }) => measuredAt.slice(0, 10)).sort();
  return [
    '# Results',
    '',
    'Written by `yarn bench --publish`; do not edit. [How to read this](README.md).',
    '',
    `- Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    `- Measured: ${days[0]}${
      days.at(-1) === days[0] ? '' : ` to ${days.at(-1)}`
    }, with a load average of ${loads[0]} to ${loads.at(-1)}${
      loads[loads.length - 1] > machine.cores * BUSY_PER_CORE
        ? ': others worked on the machine, so believe the ratios before the milliseconds'
        : ', that of what was measured'
    }`,
    '',
    ...missedBars(results),
    ...scenarios.flatMap(scenario =>
      section(
        scenario,
        seriesOf(results.filter(result => result.scenario === scenario.name)),
      ),
    ),
  ].join('\n');
}

function missedBars(results: readonly Result[]): string[] {
  const bars = results.flatMap(result =>
    result.bars.map(bar => ({ result, ...bar })),
  );
  const missed = bars.filter(({ met }) => !met);
  return [
    `## Bars`,
    '',
    `${bars.length - missed.length} of ${bars.length} bars are met.`,
    '',
    ...(missed.length
      ? [
          '| missed | bar | value |',
          '| --- | --- | ---: |',
          ...missed.map(
            ({ result, bar, value }) =>
              `| ${result.scenario}, ${result.size}: ${
                result.metric
              } | ${bar} | ${number(value)} |`,
          ),
          '',
        ]
      : []),
  ];
}

function section(scenario: Scenario, series: readonly Series[]): string[] {
  if (series.length === 0) return [];
  return [
    `## ${scenario.name}`,
    '',
    `${scenario.title}.`,
    '',
    ...series.flatMap(figure),
  ];
}

function figure(series: Series): string[] {
  const [first] = series.results;
  return [
    `### ${series.metric} (${first.unit})`,
    '',
    ...(first.note ? [`${first.note}.`, ''] : []),
    '| size | who | median | p95 | p99 | to peer | to floor | bars |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...series.results.flatMap(rows),
    '',
    ...exponents(series),
    ...(isDrawn(series)
      ? [`![${series.scenario}: ${series.metric}](${plotName(series)})`, '']
      : []),
  ];
}

function rows(result: Result): string[] {
  return result.contenders.map(contender => {
    const bars =
      contender.role === 'ours'
        ? result.bars.map(
            ({ bar, met, value }) =>
              `${met ? 'met' : '**missed**'}: ${bar} (${number(value)})`,
          )
        : [];
    const cells = [
      result.size,
      contender.name,
      number(contender.median),
      number(contender.p95),
      number(contender.p99),
      contender.toPeer === undefined ? '' : number(contender.toPeer),
      contender.toFloor === undefined ? '' : number(contender.toFloor),
      bars.join('<br>'),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function exponents({ results }: Series): string[] {
  const fitted = [...exponentsOf(results)].map(
    ([name, exponent]) => `${name} ${exponent.toFixed(2)}`,
  );
  return fitted.length ? [`Exponents: ${fitted.join(', ')}.`, ''] : [];
}
