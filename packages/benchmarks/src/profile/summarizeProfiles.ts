import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';

const ROWS = 30;

/** A function, and what it cost alone and with all that it called. */
interface Cost {
  self: number;
  total: number;
}

interface Visited {
  frame: Runtime.CallFrame;
  self: number;
  children: readonly Visited[];
}

/** Says which functions took the time, alone and with what they called, in milliseconds. */
export function summarizeCpu({
  nodes,
  samples = [],
  timeDeltas = [],
}: Profiler.Profile): string {
  const selfMs = new Map<number, number>();
  samples.forEach((id, index) => {
    selfMs.set(id, (selfMs.get(id) ?? 0) + timeDeltas[index] / 1000);
  });
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visit = (node: Profiler.ProfileNode): Visited => ({
    frame: node.callFrame,
    self: selfMs.get(node.id) ?? 0,
    children: (node.children ?? []).flatMap(id => {
      const child = byId.get(id);
      return child ? [visit(child)] : [];
    }),
  });
  return describe('processor, ms', visit(nodes[0]));
}

/** Says which functions allocated what is still held, alone and with what they called, in KiB. */
export function summarizeHeap({
  head,
}: HeapProfiler.SamplingHeapProfile): string {
  const visit = (node: HeapProfiler.SamplingHeapProfileNode): Visited => ({
    frame: node.callFrame,
    self: node.selfSize / 1024,
    children: node.children.map(visit),
  });
  return describe('held memory, KiB', visit(head));
}

function describe(what: string, root: Visited): string {
  const costs = costsOf(root);
  const all = costs.get(nameOf(root.frame))?.total ?? 0;
  const table = (by: keyof Cost) =>
    [...costs]
      .sort(([, a], [, b]) => b[by] - a[by])
      .slice(0, ROWS)
      .map(([name, cost]) => {
        const percent = ((cost[by] / all) * 100).toFixed(1);
        return `${cost[by].toFixed(0).padStart(9)} ${percent.padStart(
          5,
        )} %  ${name}`;
      });
  return [
    `# ${what}: alone`,
    ...table('self'),
    '',
    `# ${what}: with what it calls`,
    ...table('total'),
  ].join('\n');
}

/** A function that is on the stack already does not count twice. */
function costsOf(root: Visited): Map<string, Cost> {
  const costs = new Map<string, Cost>();
  const visit = (node: Visited, above: ReadonlySet<string>): number => {
    const name = nameOf(node.frame);
    const stack = new Set(above).add(name);
    const total = node.children.reduce(
      (sum, child) => sum + visit(child, stack),
      node.self,
    );
    const cost = costs.get(name) ?? { self: 0, total: 0 };
    costs.set(name, cost);
    cost.self += node.self;
    if (!above.has(name)) cost.total += total;
    return total;
  };
  visit(root, new Set());
  return costs;
}

/** With the last two parts of the path: enough to find it. */
function nameOf({ functionName, url, lineNumber }: Runtime.CallFrame): string {
  const name = functionName || '(anonymous)';
  if (!url) return name;
  return `${name} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`;
}
