import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';
import type { Result } from '../harness/Results';
import { exponentsOf } from './series';

const WIDTH = 720;
const HEIGHT = 360;
const LINE_HEIGHT = 18;
const MARGIN = { left: 70, bottom: 45, right: 25, top: 25 };

/** Told apart also by those who see few colours; the shapes of the points differ as well. */
const COLORS = ['#0b6bcb', '#c2410c', '#4b5563', '#15803d', '#7c3aed'];
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond2', 'star'] as const;
const SIGNS = ['●', '■', '▲', '◆', '★'];

/**
 * Draws one figure over its sizes as SVG. Both axes are logarithmic: a straight line is a power, and its
 * slope the exponent.
 */
export function plotResults(results: readonly Result[]): string {
  const [{ unit, metric, contenders }] = results;
  const names = contenders.map(({ name }) => name);
  const exponents = exponentsOf(results);
  const points = results.flatMap(result =>
    result.contenders
      .filter(({ median }) => median > 0)
      .map(({ name, median }) => ({
        scale: result.scale,
        median,
        name,
        color: COLORS[names.indexOf(name)],
        symbol: SYMBOLS[names.indexOf(name)],
      })),
  );
  const { document } = new JSDOM('').window;
  const plot = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT + names.length * LINE_HEIGHT,
    marginLeft: MARGIN.left,
    marginBottom: MARGIN.bottom,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top + names.length * LINE_HEIGHT,
    style: { background: 'white', color: '#111827', fontSize: '13px' },
    x: {
      type: 'log',
      label: results[0].size.replace(/^[\d,]+ ?/, ''),
      ticks: [...new Set(points.map(({ scale }) => scale))],
      tickFormat: (value: number) => value.toLocaleString('en'),
    },
    y: { type: 'log', grid: true, label: unit, ticks: 5, tickFormat: '~s' },
    color: { type: 'identity' },
    symbol: { type: 'identity' },
    marks: [
      Plot.lineY(points, {
        x: 'scale',
        y: 'median',
        z: 'name',
        stroke: 'color',
        strokeWidth: 2,
      }),
      Plot.dot(points, {
        x: 'scale',
        y: 'median',
        stroke: 'color',
        fill: 'color',
        symbol: 'symbol',
      }),
      ...names.map((name, index) =>
        Plot.text([legend(SIGNS[index], name, exponents.get(name))], {
          frameAnchor: 'top-left',
          fill: COLORS[index],
          dx: 0,
          dy: -LINE_HEIGHT * (names.length - index) - 8,
        }),
      ),
    ],
  });
  // A picture of its own, outside of any page.
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', `${results[0].scenario}: ${metric}`);
  return `${plot.outerHTML}\n`;
}

function legend(sign: string, name: string, exponent?: number): string {
  return exponent === undefined
    ? `${sign} ${name}`
    : `${sign} ${name}, exponent ${exponent.toFixed(2)}`;
}
