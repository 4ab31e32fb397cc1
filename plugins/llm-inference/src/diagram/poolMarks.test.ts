import { pods, pool } from '../__testUtils__/services';
import { countMarks, poolMarks } from './poolMarks';
import { poolTone } from './poolTone';

const ready = pods('ready', 2);
const starting = pods('starting', 1, {
  ready: false,
  reason: 'PodInitializing',
});
const failing = pods('failing', 1, {
  ready: false,
  phase: 'Pending',
  reason: 'Unschedulable',
});
const terminating = pods('old', 1, { terminating: true });

describe('poolMarks', () => {
  it('draws every pod as what it does, what needs attention first', () => {
    const marks = poolMarks(
      pool([...ready, ...terminating, ...starting, ...failing], { desired: 5 }),
    );

    expect(marks.map(({ mark }) => mark)).toEqual([
      'failing',
      'starting',
      'ready',
      'ready',
      'terminating',
      'absent',
    ]);
  });

  it('draws a group as one, as bad as the worst of its pods', () => {
    const members = pods('worker', 4).map((pod, index) => ({
      ...pod,
      group: index < 2 ? 0 : 1,
      ...(index === 3 ? { ready: false, reason: 'CrashLoopBackOff' } : {}),
    }));
    const marks = poolMarks(
      pool(members, { topology: 'MultiNode', desired: 3, ready: 1 }),
    );

    expect(marks.map(({ mark, pods: { length } }) => [mark, length])).toEqual([
      ['failing', 2],
      ['ready', 2],
      ['absent', 0],
    ]);
  });

  it('goes by the counts where the pods themselves are not shown', () => {
    const marks = poolMarks(pool([], { desired: 3, ready: 2 }));

    expect(countMarks(marks)).toMatchObject({ ready: 2, absent: 1 });
  });
});

describe('poolTone', () => {
  it.each([
    ['positive', 'Healthy', pool(ready)],
    ['announcement', 'Progressing', pool([...ready, ...starting])],
    ['announcement', 'Progressing', pool([], { desired: 2, ready: 0 })],
    ['warning', 'Degraded', pool([...ready, ...failing])],
    ['negative', 'Unavailable', pool(failing)],
    ['negative', 'Degraded', pool([], { desired: 2, ready: 0 })],
    ['neutral', 'Unavailable', pool([], { desired: 0, ready: 0 })],
    ['neutral', 'Unknown', pool([], { desired: null, ready: null })],
    ['neutral', 'Stopped', pool([], { desired: 2, ready: 0 })],
  ] as const)('is %s where the service is %s', (tone, verdict, health) => {
    expect(poolTone(health, verdict)).toBe(tone);
  });
});
