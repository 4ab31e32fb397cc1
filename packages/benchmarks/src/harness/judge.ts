import type { Bar, Measurement } from './Scenario';
import { summarize } from './statistics';

/** How ours stands to one of its bars. */
export interface Judgement {
  /** The bar in words: `median <= 0.01 x Kubernetes plugin`. */
  bar: string;
  value: number;
  met: boolean;
  /** Whether the value compares contenders of one run, so that it holds on any machine. */
  relative: boolean;
}

/** Compares ours with every bar. @throws Error that names a contender which a bar names and nobody measured */
export function judge(measurement: Measurement): Judgement[] {
  return (measurement.bars ?? []).map(bar => judgeBar(measurement, bar));
}

function judgeBar(measurement: Measurement, bar: Bar): Judgement {
  const ours = figure(measurement, 'ours', bar);
  const value = compare(ours, measurement, bar);
  const met =
    (bar.atMost === undefined || value <= bar.atMost) &&
    (bar.atLeast === undefined || value >= bar.atLeast);
  return {
    bar: describeBar(measurement, bar),
    value,
    met,
    relative: bar.against !== undefined && !bar.difference,
  };
}

function compare(ours: number, measurement: Measurement, bar: Bar): number {
  if (bar.against === undefined) return ours;
  const other = figure(measurement, bar.against, bar);
  if (bar.difference) return ours - other;
  // Nothing of nothing is as much as the other one has.
  return ours === other ? 1 : ours / other;
}

function figure(
  { metric, contenders }: Measurement,
  who: string,
  { statistic }: Bar,
): number {
  const found = contenders.find(({ role, name }) =>
    who === 'ours' ? role === 'ours' : name === who,
  );
  if (!found) {
    throw new Error(
      `A bar of ${metric} names the contender ${who}, but there are ${contenders
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  return summarize(found.samples)[statistic];
}

function describeBar(measurement: Measurement, bar: Bar): string {
  const limits = [
    ...(bar.atMost === undefined ? [] : [`<= ${bar.atMost}`]),
    ...(bar.atLeast === undefined ? [] : [`>= ${bar.atLeast}`]),
  ].join(' and ');
  if (bar.against === undefined) {
    return `${bar.statistic} ${limits} ${measurement.unit}`;
  }
  return bar.difference
    ? `${bar.statistic} minus ${bar.against} ${limits} ${measurement.unit}`
    : `${bar.statistic} ${limits} x ${bar.against}`;
}
