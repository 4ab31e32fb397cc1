import type { SeriesUnit } from 'backstage-plugin-llm-inference-common';
import {
  CartesianGrid,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { DotItemDotProps } from 'recharts';
import { useFormat } from '../elements/useFormat';
import { lineLook } from './lineLook';
import { PlotPoint, standsAlone } from './plotPoints';
import { PlotTooltip } from './PlotTooltip';
import { timeTicks } from './timeTicks';
import { useSeriesWords } from './useSeriesWords';
import styles from './LinePlot.module.css';

/** What a chart draws. */
export interface LinePlotProps {
  points: PlotPoint[];
  names: string[];
  unit: SeriesUnit;
  /** Read out for the chart as a whole. */
  label: string;
}

/** Lines over time; loaded only where charts are looked at, as the library behind it is large. */
export default function LinePlot({
  points,
  names,
  unit,
  label,
}: LinePlotProps) {
  const format = useFormat();
  const words = useSeriesWords();
  const { ticks, needSeconds } = timeTicks(
    points[0]?.at ?? 0,
    points[points.length - 1]?.at ?? 0,
  );
  const share = unit === 'ratio' && isShownWhole(points);
  const alone = (line: number) =>
    function Alone({ key, cx, cy, index }: DotItemDotProps) {
      return standsAlone(points, index, line) ? (
        <circle
          key={key}
          cx={cx}
          cy={cy}
          r={2.5}
          fill={lineLook(line).stroke}
        />
      ) : (
        <g key={key} />
      );
    };
  return (
    <LineChart
      responsive
      className={styles.plot}
      data={points}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      title={label}
    >
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      <XAxis
        dataKey="at"
        type="number"
        scale="time"
        domain={['dataMin', 'dataMax']}
        ticks={ticks}
        tickFormatter={needSeconds ? format.timeOfDay : format.moment}
        minTickGap={16}
        axisLine={{ stroke: 'var(--bui-border-2)' }}
        tickLine={false}
        tick={{ fill: 'currentColor' }}
      />
      <YAxis
        domain={share ? [0, 1] : [0, 'auto']}
        ticks={share ? [0, 0.5, 1] : undefined}
        tickFormatter={value => (value === 0 ? '0' : words.tick(value, unit))}
        tickCount={4}
        width={72}
        axisLine={false}
        tickLine={false}
        tick={{ fill: 'currentColor' }}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--bui-border-2)' }}
        content={({ active, label: at }) =>
          active ? (
            <PlotTooltip
              point={points.find(point => point.at === at)}
              names={names}
              unit={unit}
            />
          ) : null
        }
      />
      {names.map((name, line) => (
        <Line
          key={`${name}${line}`}
          name={name}
          dataKey={(point: PlotPoint) => point.values[line]}
          type="linear"
          connectNulls={false}
          isAnimationActive={false}
          strokeWidth={2}
          {...lineLook(line)}
          dot={alone(line)}
          activeDot={{ r: 3.5, fill: lineLook(line).stroke, stroke: 'none' }}
        />
      ))}
    </LineChart>
  );
}

/** Shares are shown against the whole, unless all are so small that nothing could be seen. */
function isShownWhole(points: readonly PlotPoint[]): boolean {
  const largest = Math.max(
    0,
    ...points.flatMap(({ values }) => values.map(value => value ?? 0)),
  );
  return largest === 0 || largest >= 0.1;
}
