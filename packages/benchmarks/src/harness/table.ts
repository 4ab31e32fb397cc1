import Table from 'cli-table3';
import type { Result } from './Results';

const HEAD = [
  'scenario',
  'size',
  'metric',
  'who',
  'median',
  'p95',
  'p99',
  'to peer',
  'to floor',
  'bars',
];

/** One table of everything, a row per contender. */
export function tableOf(results: readonly Result[]): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [], compact: true },
    colAligns: HEAD.map((_, index) =>
      index >= 4 && index <= 8 ? 'right' : 'left',
    ),
  });
  for (const result of results) {
    for (const contender of result.contenders) {
      table.push([
        result.scenario,
        result.size,
        `${result.metric} (${result.unit})`,
        contender.name,
        number(contender.median),
        number(contender.p95),
        number(contender.p99),
        contender.toPeer === undefined ? '' : number(contender.toPeer),
        contender.toFloor === undefined ? '' : number(contender.toFloor),
        contender.role === 'ours' ? verdict(result) : '',
      ]);
    }
  }
  return table.toString();
}

/** Three digits that mean something, and no more. */
export function number(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}

function verdict({ bars }: Result): string {
  return bars
    .map(
      ({ bar, value, met }) =>
        `${met ? 'met' : 'MISSED'}: ${bar} (${number(value)})`,
    )
    .join('\n');
}
