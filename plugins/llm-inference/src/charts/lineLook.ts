/** How a line is drawn. Its pattern tells it from the others as well as its colour does. */
export interface LineLook {
  stroke: string;
  strokeDasharray?: string;
}

const LOOKS: readonly LineLook[] = [
  { stroke: 'var(--bui-announcement-fg-subdued)' },
  { stroke: 'var(--bui-fg-primary)', strokeDasharray: '7 4' },
  { stroke: 'var(--bui-warning-fg-subdued)', strokeDasharray: '2 3' },
];

/** The look of the n-th line of a chart. */
export function lineLook(line: number): LineLook {
  return LOOKS[line % LOOKS.length];
}
