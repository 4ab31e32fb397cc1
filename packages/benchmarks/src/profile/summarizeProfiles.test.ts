import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';
import { summarizeCpu, summarizeHeap } from './summarizeProfiles';

function frame(functionName: string): Runtime.CallFrame {
  return {
    functionName,
    scriptId: '1',
    url: functionName === '(root)' ? '' : 'file:///code/src/packPod.ts',
    lineNumber: 6,
    columnNumber: 0,
  };
}

const rowsOf = (summary: string) =>
  summary
    .split('\n')
    .filter(line => line.includes('%'))
    .map(line => line.trim().replace(/ +/g, ' '));

describe('summaries of profiles', () => {
  it('say what functions took alone and with what they called, and count nobody twice', () => {
    const profile: Profiler.Profile = {
      startTime: 0,
      endTime: 100_000,
      nodes: [
        { id: 1, callFrame: frame('(root)'), children: [2] },
        { id: 2, callFrame: frame('outer'), children: [3] },
        { id: 3, callFrame: frame('inner'), children: [4] },
        { id: 4, callFrame: frame('outer') },
      ],
      samples: [2, 3, 4, 4],
      timeDeltas: [10_000, 20_000, 30_000, 40_000],
    };
    const rows = rowsOf(summarizeCpu(profile));
    expect(rows).toEqual([
      '80 80.0 % outer code/src/packPod.ts:7',
      '20 20.0 % inner code/src/packPod.ts:7',
      '0 0.0 % (root)',
      '100 100.0 % outer code/src/packPod.ts:7',
      '100 100.0 % (root)',
      '90 90.0 % inner code/src/packPod.ts:7',
    ]);
  });

  it('say who allocated what is still held', () => {
    const profile: HeapProfiler.SamplingHeapProfile = {
      head: {
        callFrame: frame('(root)'),
        selfSize: 0,
        children: [{ callFrame: frame('keep'), selfSize: 4096, children: [] }],
      },
    };
    expect(rowsOf(summarizeHeap(profile))[0]).toBe(
      '4 100.0 % keep code/src/packPod.ts:7',
    );
  });
});
